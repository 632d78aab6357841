package dev.pawl.liberty.broker;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.ThreadExecutorMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.utils.ActiveMQThreadFactory;
import org.apache.activemq.artemis.utils.ActiveMQThreadPoolExecutor;

/**
 * The threads that handle what arrives at the broker's door. Messages arrive many at a time, and with each that is read the broker
 * hands over the same task, which handles all that is there. Handed over at once, each would wake a thread, most of which find
 * nothing left to do; so a task is handed over once what has arrived is read.
 */
final class PacketPool extends ActiveMQThreadPoolExecutor {

    private static final long IDLE_SECONDS = 60;

    /** Of each thread that reads: what it is to hand over. */
    private final ThreadLocal<Set<Runnable>> arrived = ThreadLocal.withInitial(LinkedHashSet::new);

    /** @param name of the threads, in brackets after their numbers */
    PacketPool(String name, int threads) {
        super(
                0,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ActiveMQThreadFactory(name, false, PacketPool.class.getClassLoader()));
    }

    @Override
    public void execute(Runnable task) {
        EventExecutor reader = ThreadExecutorMap.currentExecutor();
        if (reader == null || reader.isShuttingDown()) {
            super.execute(task);
        } else {
            Set<Runnable> tasks = arrived.get();
            if (tasks.isEmpty()) {
                reader.execute(() -> handOver(tasks));
            }
            tasks.add(task);
        }
    }

    private void handOver(Set<Runnable> arrivedTasks) {
        List<Runnable> tasks = List.copyOf(arrivedTasks);
        arrivedTasks.clear();
        tasks.forEach(super::execute);
    }
}
