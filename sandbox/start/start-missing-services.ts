import { join } from "node:path";
import { choosePort } from "./ports.ts";
import type { Secrets } from "./secrets.ts";
import { startService, type Mail, type Service } from "./service-process.ts";

type Options = {
  root: string;
  dir: string;
  settings: Record<string, string | undefined>;
  secrets: Secrets;
  appUrl: string;
  onMail: (mail: Mail) => void;
};

/**
 * Starts a local Supabase if the settings have no Supabase URL, and a local Replicate if the settings have no Replicate token.
 * Returns these services, and the settings with which the app uses them.
 */
export async function startServices({ root, dir, settings, secrets, appUrl, onMail }: Options) {
  const starting: Promise<Service>[] = [];
  if (!settings.NEXT_PUBLIC_SUPABASE_URL) {
    starting.push(
      startService({
        name: "Supabase",
        file: join(root, "sandbox/supabase/main.ts"),
        env: {
          ...settings,
          SANDBOX_DIR: dir,
          SANDBOX_SUPABASE_PORT: settings.SANDBOX_SUPABASE_PORT || String(await choosePort(dir, "supabase")),
          APP_URL: settings.APP_URL || appUrl,
        },
        log: join(dir, "supabase.log"),
        onMail,
      }),
    );
  }
  if (!settings.REPLICATE_API_TOKEN) starting.push(startReplicate({ root, dir, settings, secrets, appUrl }));

  const services = await waitForAll(starting);
  return {
    services,
    env: Object.fromEntries(services.flatMap((service) => Object.entries(service.env))),
  };
}

async function startReplicate({ root, dir, settings, secrets, appUrl }: Omit<Options, "onMail">): Promise<Service> {
  const port = settings.SANDBOX_REPLICATE_PORT || String(await choosePort(dir, "replicate"));
  const keys = { REPLICATE_API_TOKEN: secrets.replicateToken, REPLICATE_WEBHOOK_SIGNING_SECRET: secrets.webhookSecret };
  const service = await startService({
    name: "Replicate",
    file: join(root, "sandbox/replicate/main.ts"),
    env: { ...settings, ...keys, SANDBOX_DIR: dir, SANDBOX_REPLICATE_PORT: port },
    log: join(dir, "replicate.log"),
  });
  const { origin } = new URL(service.url);
  return {
    ...service,
    env: {
      ...keys,
      REPLICATE_API_BASE_URL: `${origin}/v1`,
      REPLICATE_DELIVERY_ORIGINS: origin,
      // Local predictions cost nothing, so the next two limits are high. Scripts can then start many predictions.
      CREATES_PER_MINUTE_PER_USER: settings.CREATES_PER_MINUTE_PER_USER || "600",
      DAILY_USD_PER_USER: settings.DAILY_USD_PER_USER || "1000",
      // Webhooks are sent to a path below this URL. It may be a local URL, because the local Replicate runs on the same machine.
      APP_URL: settings.APP_URL || appUrl,
    },
  };
}

/** Waits for all services. If one fails, stops the others and throws its error. */
async function waitForAll(starting: Promise<Service>[]): Promise<Service[]> {
  const results = await Promise.allSettled(starting);
  const services = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const failure = results.find((result) => result.status === "rejected");
  if (failure) {
    await Promise.all(services.map((service) => service.stop()));
    throw failure.reason;
  }
  return services;
}
