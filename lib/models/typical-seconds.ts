import "server-only";
import { z } from "zod";
import { adminClient } from "@/lib/supabase/admin-client";
import { unwrap } from "@/lib/supabase/result";

/** Returns the median time from sending to completion (s) of the model's last predictions. Null if there are none. */
export async function getTypicalSeconds(model: string): Promise<number | null> {
  const seconds: unknown = unwrap(await adminClient().rpc("typical_seconds", { p_model: model }));
  return z.number().nullable().parse(seconds);
}

/** Returns the typical seconds of those of the given models that have run here, by model. */
export async function listTypicalSeconds(models: string[]): Promise<Record<string, number>> {
  const seconds: unknown = unwrap(await adminClient().rpc("list_typical_seconds", { p_models: models }));
  return z.record(z.string(), z.number()).parse(seconds);
}
