import type { Metadata } from "next";
import { AdminPage, Section } from "@/components/admin/admin-page";
import { Facts } from "@/components/admin/facts";
import { Failures } from "@/components/admin/failures";
import { InstallationState } from "@/components/admin/installation-state";
import { Spend } from "@/components/admin/spend";
import { formatUsd } from "@/components/ui/format-usd";
import { requireAdminPage } from "@/lib/admin/access";
import { getInstallation } from "@/lib/admin/installation";
import { env } from "@/lib/env";
import { MAX_FEATURED_RUN_USD } from "@/lib/limits/default-limits";
import { listEnabledModels } from "@/lib/models/allowed-models";
import { getReadiness } from "@/lib/ops/readiness";

export const metadata: Metadata = { title: "Installation" };

/** Shows which services work now, what was spent, which runs failed, and which models may run. */
export default async function InstallationPage() {
  await requireAdminPage("/dashboard/admin/installation");
  const [state, { checks }] = await Promise.all([getInstallation(), getReadiness()]);
  return (
    <AdminPage current="Installation">
      <Section title="Now">
        <InstallationState state={state} checks={checks} hasWebhooks={env().webhookUrl !== null} />
      </Section>
      <Section
        title="Last 30 days"
        about="Each run counts with its cost or, until its cost is known, with the most that it can cost. The daily limits use the same amounts. The table of models leaves out the runs of deleted accounts."
      >
        <Spend days={state.days} models={state.models} />
      </Section>
      <Section title="Failed runs" about="The failed runs of the last 30 days, without those of deleted accounts.">
        <Failures errors={state.errors} />
      </Section>
      <Section
        title="Models"
        about="These settings are environment variables of the server. You cannot change them here."
      >
        <Facts facts={listModelSettings()} />
      </Section>
    </AdminPage>
  );
}

function listModelSettings() {
  const { REPLICATE_MODEL_VERSION, ALLOWED_MODELS, UNKNOWN_RUN_USD, DAILY_USD_TOTAL, DAILY_IMAGES_TOTAL } = env();
  return [
    { name: "Default model", value: REPLICATE_MODEL_VERSION.split(":")[0] },
    { name: "Allowed models", value: ALLOWED_MODELS.includes("*") ? "all" : ALLOWED_MODELS.join(", ") || "featured" },
    { name: "Number of featured models", value: listEnabledModels().length },
    {
      name: "Cost limit for one run of a featured model",
      value: ALLOWED_MODELS.includes("*") ? "none" : formatUsd(MAX_FEATURED_RUN_USD),
    },
    { name: "Cost that counts for a run whose price is not known", value: formatUsd(UNKNOWN_RUN_USD) },
    { name: "Daily limit of all users together", value: describeTotal(DAILY_IMAGES_TOTAL, DAILY_USD_TOTAL) },
  ];
}

function describeTotal(images: number | null, usd: number | null): string {
  const parts = [images === null ? "" : `${images} images`, usd === null ? "" : formatUsd(usd)];
  return parts.filter(Boolean).join(", ") || "no limit";
}
