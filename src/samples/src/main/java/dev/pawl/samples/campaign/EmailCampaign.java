package dev.pawl.samples.campaign;

import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.samples.campaign.EmailCampaign.Campaign;
import dev.pawl.samples.campaign.EmailCampaign.Report;
import dev.pawl.samples.mail.Mail;
import java.time.Duration;
import java.util.List;

/** Sends a series of letters to everybody on a list, with a pause between one letter and the next. */
@Workflow(value = "email-campaign", description = "Letters to a list of people, with pauses between them")
public class EmailCampaign implements DurableWorkflow<Campaign, Report> {

    /** @param pause between letters, {@code P3D} for three days */
    public record Campaign(List<String> recipients, List<String> letters, Duration pause) {
        public Campaign {
            recipients = List.copyOf(recipients);
            letters = List.copyOf(letters);
        }
    }

    public record Report(int sent) {}

    private final Mail mail;

    public EmailCampaign() {
        this(Mail.toLog());
    }

    EmailCampaign(Mail mail) {
        this.mail = mail;
    }

    @Override
    public Report run(WorkflowContext ctx, Campaign campaign) {
        int letters = campaign.letters().size();
        for (int i = 0; i < letters; i++) {
            if (i > 0) {
                ctx.sleep("pause", campaign.pause());
            }
            String letter = campaign.letters().get(i);
            for (String recipient : campaign.recipients()) {
                ctx.step("send-" + recipient, step -> mail.send(recipient, letter, step.idempotencyKey()));
            }
            ctx.progress((i + 1.0) / letters, "letter " + (i + 1) + " of " + letters);
        }
        Report report = new Report(letters * campaign.recipients().size());
        ctx.metric("sent", report.sent());
        return report;
    }
}
