import "server-only";
import { callAsAdmin } from "./access";
import { Installation } from "./schema";

const DAYS = 30;
const DAY = 86_400_000;

/** Returns the state of the installation, and what was used on each of the last 30 days (UTC), the oldest first. */
export async function getInstallation(): Promise<Installation> {
  const installation = Installation.parse(await callAsAdmin("describe_installation"));
  const days = Array.from({ length: DAYS }, (_, index) =>
    new Date(Date.now() - (DAYS - 1 - index) * DAY).toISOString().slice(0, 10),
  );
  const usedOn = (day: string) => installation.days.find((known) => known.day === day) ?? { images: 0, usd: 0 };
  return { ...installation, days: days.map((day) => ({ ...usedOn(day), day })) };
}
