package dev.pawl.peer;

/** A process of three service tasks, each begun asynchronously, in BPMN. */
public final class ThreeServiceTasks {

    public static final String ID = "three-steps";

    private ThreeServiceTasks() {}

    /**
     * The process as one engine takes it. It calls {@code steps.execute(execution, step)} for each step, and
     * {@code steps.end(execution)} when it ends.
     *
     * @param namespace of the engine's own attributes, which bear the prefix {@code engine}
     * @param asynchronous the attribute of a task that is begun in a transaction of its own
     * @param attributes further ones of the process
     */
    public static String bpmn(String namespace, String asynchronous, String attributes) {
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                xmlns:engine="%1$s" targetNamespace="peer">
              <process id="three-steps" isExecutable="true" %3$s>
                <startEvent id="start"/>
                <sequenceFlow id="to-one" sourceRef="start" targetRef="one"/>
                <serviceTask id="one" engine:%2$s="true" engine:expression="${steps.execute(execution, 0)}"/>
                <sequenceFlow id="to-two" sourceRef="one" targetRef="two"/>
                <serviceTask id="two" engine:%2$s="true" engine:expression="${steps.execute(execution, 1)}"/>
                <sequenceFlow id="to-three" sourceRef="two" targetRef="three"/>
                <serviceTask id="three" engine:%2$s="true" engine:expression="${steps.execute(execution, 2)}"/>
                <sequenceFlow id="to-end" sourceRef="three" targetRef="end"/>
                <endEvent id="end">
                  <extensionElements>
                    <engine:executionListener event="start" expression="${steps.end(execution)}"/>
                  </extensionElements>
                </endEvent>
              </process>
            </definitions>
            """.formatted(namespace, asynchronous, attributes);
    }
}
