package dev.pawl.manifest.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.manifest.ir.Approval;
import dev.pawl.manifest.ir.Command;
import dev.pawl.manifest.ir.ComputedProperty;
import dev.pawl.manifest.ir.Constraint;
import dev.pawl.manifest.ir.Entity;
import dev.pawl.manifest.ir.Expression;
import dev.pawl.manifest.ir.InitializationPlan;
import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.ir.Modifier;
import dev.pawl.manifest.ir.ModuleDeclaration;
import dev.pawl.manifest.ir.Parameter;
import dev.pawl.manifest.ir.Policy;
import dev.pawl.manifest.ir.Property;
import dev.pawl.manifest.ir.RateLimit;
import dev.pawl.manifest.ir.Reaction;
import dev.pawl.manifest.ir.ReferentialAction;
import dev.pawl.manifest.ir.Relationship;
import dev.pawl.manifest.ir.Retry;
import dev.pawl.manifest.ir.Role;
import dev.pawl.manifest.ir.Schedule;
import dev.pawl.manifest.ir.Type;
import dev.pawl.manifest.ir.Value;
import dev.pawl.manifest.ir.Webhook;
import dev.pawl.manifest.syntax.Grammar;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Constructs of the IR that the visible part of the suite does not show, in both grammars. */
@Tag("M-17")
class LaterLanguageTest {

    private static Ir compile(Grammar grammar, String source) {
        Compilation compilation = ManifestCompiler.compile(source, grammar);
        assertThat(compilation.errors()).isEmpty();
        return compilation.ir().orElseThrow();
    }

    private static Entity entity(Ir ir, String name) {
        return ir.entity(name).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Grammar.class)
    void entitySaysHowItIsKeptAndIdentified(Grammar grammar) {
        Ir ir = compile(grammar, """
                external entity Customer {
                  property id: string
                }
                entity Order {
                  property tenantId: string
                  property amount: decimal(10, 2) = 0
                  property note: decimal?
                  property at: datetime = now()
                  property unique indexed searchable number: string
                  belongsTo customer: Customer fields [customerId, tenantId] references [id, tenantId] onDelete: cascade onUpdate: restrict
                  ref origin: Order onDelete setNull
                  computed slow: number = amount * 2 cache ttl(60)
                  computed quick: number = amount * 2 cache request
                  key [tenantId, id]
                  unique (tenantId, number)
                  timestamps: true
                  property labels: map<string, number>
                  realtime
                  command touch() { mutate note = 1 }
                  store in memory
                }
                """);
        Entity order = entity(ir, "Order");
        assertThat(entity(ir, "Customer").external()).isTrue();
        assertThat(order.key()).containsExactly("tenantId", "id");
        assertThat(order.alternateKeys()).containsExactly(List.of("tenantId", "number"));
        assertThat(order.timestamps()).isTrue();
        assertThat(order.realtime()).isTrue();
        assertThat(order.property("amount").map(Property::type))
                .contains(new Type("decimal", null, false, new Type.Params(10.0, 2.0)));
        assertThat(order.property("note").map(Property::type))
                .contains(Type.of("decimal").asNullable());
        assertThat(order.property("labels").map(Property::type))
                .contains(new Type("map", Type.of("number"), false, null));
        assertThat(order.property("at").orElseThrow().autoNow()).isTrue();
        assertThat(order.property("number").orElseThrow().modifiers())
                .containsExactly(Modifier.UNIQUE, Modifier.INDEXED, Modifier.SEARCHABLE);
        Relationship customer = order.relationship("customer").orElseThrow();
        assertThat(customer.foreignKey())
                .isEqualTo(new Relationship.ForeignKey(List.of("customerId", "tenantId"), List.of("id", "tenantId")));
        assertThat(customer.onDelete()).isEqualTo(ReferentialAction.CASCADE);
        assertThat(customer.onUpdate()).isEqualTo(ReferentialAction.RESTRICT);
        assertThat(order.relationship("origin").orElseThrow().onDelete()).isEqualTo(ReferentialAction.SET_NULL);
        assertThat(order.computedProperties())
                .extracting(ComputedProperty::cache)
                .containsExactly(
                        new ComputedProperty.Cache(ComputedProperty.Strategy.TTL, 60.0),
                        new ComputedProperty.Cache(ComputedProperty.Strategy.REQUEST, null));
    }

    @ParameterizedTest
    @EnumSource(Grammar.class)
    void commandSaysHowItRuns(Grammar grammar) {
        Ir ir = compile(grammar, """
                entity Job {
                  property name: string = ""
                  default policy Known execute: user.id != null "Log in first"
                  async command export(format: string = "csv", optional pages: number, actor: string from context.actorId) returns string {
                    retry { maxAttempts: 3, backoff: exponential, delay: 100, maxDelay: 5000, jitter: true, retryOn: [TIMEOUT, "BUSY"] }
                    rateLimit { maxRequests: 5 windowMs: 1000 scope: tenant burstAllowance: 2 }
                    constraint limit {
                      code: "LIMIT"
                      expression: pages < 100
                      severity: warn
                      messageTemplate: "{pages} pages"
                      details { pages: pages, half: pages / 2 }
                    }
                    effect sendMail(actor)
                    publish name = "x"
                    mutate name = format
                  }
                  command plain() {
                    policy Special
                    mutate name = ""
                  }
                  store in memory
                }
                policy Special execute: true
                """);
        Command export = ir.command("Job", "export").orElseThrow();
        assertThat(export.async()).isTrue();
        assertThat(export.completionEvent()).isEqualTo("exportCompleted");
        assertThat(export.failureEvent()).isEqualTo("exportFailed");
        assertThat(export.returns()).isEqualTo(Type.of("string"));
        assertThat(export.parameters())
                .containsExactly(
                        new Parameter("format", Type.of("string"), false, new Value.Text("csv"), null),
                        new Parameter("pages", Type.of("number"), false, null, null),
                        new Parameter("actor", Type.of("string"), true, null, "context.actorId"));
        assertThat(export.retry())
                .isEqualTo(new Retry(3, Retry.Backoff.EXPONENTIAL, 100, 5000.0, true, List.of("TIMEOUT", "BUSY")));
        assertThat(export.rateLimit()).isEqualTo(new RateLimit(5, 1000, RateLimit.Scope.TENANT, 2.0));
        assertThat(export.policies()).containsExactly("Known");
        assertThat(ir.command("Job", "plain").orElseThrow().policies()).containsExactly("Special");
        assertThat(entity(ir, "Job").defaultPolicies()).containsExactly("Known");
        assertThat(ir.policy("Known").map(Policy::message)).contains("Log in first");
        Constraint limit = export.constraints().get(0);
        assertThat(limit.code()).isEqualTo("LIMIT");
        assertThat(limit.messageTemplate()).isEqualTo("{pages} pages");
        assertThat(limit.detailsMapping()).containsOnlyKeys("pages", "half");
        assertThat(export.actions())
                .extracting(action -> action.kind().text())
                .containsExactly("effect", "publish", "mutate");
        assertThat(export.actions()).extracting(action -> action.target()).containsExactly(null, "name", "name");
    }

    @ParameterizedTest
    @EnumSource(Grammar.class)
    void programIsDrivenByTimeWebAndEvents(Grammar grammar) {
        Ir ir = compile(grammar, """
                module Shop {
                  entity Order {
                    property status: string = ""
                    property customerId: string = ""
                    command close(reason: string) { mutate status = reason }
                    command create(customerId: string) { mutate customerId = customerId }
                    store in memory
                  }
                  command sweep() { persist log }
                  schedule Nightly cron "0 3 * * *" run Order.close params { reason: "night" }
                  schedule Often every 5 minutes run sweep
                  schedule Spaced {
                    interval: 60000
                    command: sweep
                  }
                  webhook Hook "/hooks/order" run Order.close
                    method: "PUT"
                    signature {
                      algorithm: "hmac-sha512"
                      header: "X-Signature"
                      secret: context.hookSecret
                      scheme: stripe
                      toleranceSeconds: 60
                    }
                  event Seen: "shop.seen" { customerId: string, note?: string }
                  on Seen run Order.create
                    match customerId = payload.customerId
                    else create
                    params { customerId: payload.customerId }
                  role Clerk { allow read, allowed }
                }
                """);
        assertThat(ir.schedules())
                .extracting(Schedule::trigger)
                .containsExactly(
                        new Schedule.Trigger(Schedule.Kind.CRON, "0 3 * * *", null),
                        new Schedule.Trigger(Schedule.Kind.EVERY, null, 300_000.0),
                        new Schedule.Trigger(Schedule.Kind.INTERVAL, null, 60_000.0));
        assertThat(ir.schedules()).extracting(Schedule::module).containsOnly("Shop");
        assertThat(ir.schedules().get(0).entityName()).isEqualTo("Order");
        assertThat(ir.schedules().get(0).params()).hasSize(1);
        Webhook hook = ir.webhooks().get(0);
        assertThat(hook.method()).isEqualTo("PUT");
        assertThat(hook.signature())
                .isEqualTo(new Webhook.Signature(
                        Webhook.Algorithm.HMAC_SHA512,
                        "X-Signature",
                        "context.hookSecret",
                        Webhook.Scheme.STRIPE,
                        60.0));
        Reaction reaction = ir.reactions().get(0);
        assertThat(reaction.elseCreate()).isTrue();
        assertThat(reaction.match()).hasSize(1);
        assertThat(reaction.module()).isEqualTo("Shop");
        ModuleDeclaration module = ir.modules().get(0);
        assertThat(module.commands()).containsExactly("sweep", "close", "create");
        assertThat(module.schedules()).containsExactly("Nightly", "Often", "Spaced");
        assertThat(module.roles()).containsExactly("Clerk");
        assertThat(ir.command("Order", "create").orElseThrow().initialization())
                .extracting(InitializationPlan::commandOwnedFields)
                .isEqualTo(List.of("customerId"));
    }

    @ParameterizedTest
    @EnumSource(Grammar.class)
    void approvalCanBeHandedOn(Grammar grammar) {
        Ir ir = compile(grammar, """
                entity Purchase {
                  property status: string = ""
                  command submit() { mutate status = "submitted" }
                  approval boss {
                    command: submit
                    stages {
                      first { policy: user.role == "boss" required: 2 }
                    }
                    timeout: 24
                    on_timeout: escalate { to: user.managerId, status: pending, timeout: reset }
                  }
                  approval other {
                    command: submit
                    stages { one { policy: true } }
                    on_timeout: "escalate" { to: "board" status: expired timeout: 12 }
                  }
                  store in memory
                }
                """);
        List<Approval> approvals = entity(ir, "Purchase").approvals();
        assertThat(approvals.get(0).stages().get(0).required()).isEqualTo(2);
        assertThat(approvals.get(0).onTimeout())
                .isEqualTo(new Approval.Escalate(
                        new Expression.Member(new Expression.Identifier("user"), "managerId"),
                        Approval.Status.PENDING,
                        new Approval.ResetTimeout()));
        assertThat(((Approval.Escalate) approvals.get(1).onTimeout()).timeout()).isEqualTo(new Approval.Hours(12));
    }

    @ParameterizedTest
    @EnumSource(Grammar.class)
    void denyWithoutTargetTakesTheActionAltogether(Grammar grammar) {
        Ir ir = compile(grammar, """
                role Base { allow execute Close, allow_more }
                role Guest extends Base {
                  allow read
                  deny execute
                }
                """);
        Role guest = ir.roles().get(1);
        assertThat(guest.name()).isEqualTo("Guest");
        assertThat(guest.effectivePermissions())
                .containsExactly(new Role.Permission("allow_more", null), new Role.Permission("read", null));
    }

    @ParameterizedTest
    @EnumSource(Grammar.class)
    void inheritedMemberIsReplacedInItsPlaceByTheNearestOne(Grammar grammar) {
        Ir ir = compile(grammar, """
                entity Base { property a: string = "base" property b: string = "base" property c: string = "base" }
                entity Trait { property b: string = "trait" property c: string = "trait" }
                entity Leaf extends Base mixin Trait {
                  property c: string = "leaf"
                  property d: string = "leaf"
                }
                """);
        assertThat(entity(ir, "Leaf").properties())
                .extracting(property -> property.name() + "=" + ((Value.Text) property.defaultValue()).value())
                .containsExactly("a=base", "b=trait", "c=leaf", "d=leaf");
    }

    @ParameterizedTest
    @EnumSource(Grammar.class)
    void countOverRowsIsAnAggregate(Grammar grammar) {
        Ir ir = compile(grammar, """
                entity Bucket { property total: number = 0 command sync(total: number) { mutate total = total } store in memory }
                entity Drop { property bucketId: string = "" command fall() { emit Fell } store in memory belongsTo bucket: Bucket }
                on Fell run Bucket.sync resolve self.bucketId params { total: count(Drop where bucketId == self.bucketId) }
                """);
        Expression total = ir.reactions().get(0).params().get(0).expression();
        assertThat(total).isInstanceOf(Expression.Aggregate.class);
        assertThat(((Expression.Aggregate) total).op()).isEqualTo(Expression.Op.COUNT);
    }
}
