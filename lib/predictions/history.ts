import "server-only";
import { z } from "zod";
import { createUserClient } from "@/lib/supabase/user-client";
import { unwrap } from "@/lib/supabase/result";
import type { DayTotal, ModelTotal, Total } from "./schema";

const TotalRow = z.object({
  day: z.iso.date(),
  model: z.string(),
  predictions: z.int(),
  failed: z.int(),
  images: z.int(),
  seconds: z.number(),
});

/** How many days, today among them, `history_totals` goes back. */
const DAYS = 30;

/** The signed-in person's last 30 days (UTC), the oldest first, and the models of that time, the most used first. */
export async function historyTotals(): Promise<{ days: DayTotal[]; models: ModelTotal[] }> {
  const supabase = await createUserClient();
  const rows = z.array(TotalRow).parse(unwrap(await supabase.rpc("history_totals")));
  const models = [...new Set(rows.map(({ model }) => model))];
  return {
    days: lastDays(DAYS).map((day) => ({ day, ...sum(rows.filter((row) => row.day === day)) })),
    models: models
      .map((model) => ({ model, ...sum(rows.filter((row) => row.model === model)) }))
      .toSorted((a, b) => b.images - a.images || b.predictions - a.predictions),
  };
}

/** The models that the signed-in person has ever asked for, by name. */
export async function historyModels(): Promise<string[]> {
  const supabase = await createUserClient();
  return z.array(z.string()).parse(unwrap(await supabase.rpc("history_models")));
}

/** The signed-in person's last different prompts, the last one first; as many of them as ten thousand predictions had. */
export async function recentPrompts(limit: number): Promise<string[]> {
  const supabase = await createUserClient();
  return z.array(z.string()).parse(unwrap(await supabase.rpc("recent_prompts", { p_limit: limit })));
}

function lastDays(count: number): string[] {
  const today = Math.floor(Date.now() / 86_400_000);
  return Array.from({ length: count }, (_, index) =>
    new Date((today - count + 1 + index) * 86_400_000).toISOString().slice(0, 10),
  );
}

function sum(rows: Total[]): Total {
  return rows.reduce(
    (total, { predictions, failed, images, seconds }) => ({
      predictions: total.predictions + predictions,
      failed: total.failed + failed,
      images: total.images + images,
      seconds: total.seconds + seconds,
    }),
    { predictions: 0, failed: 0, images: 0, seconds: 0 },
  );
}
