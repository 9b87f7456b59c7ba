import "server-only";
import { z } from "zod";
import { adminClient } from "@/lib/supabase/admin-client";
import { unwrap } from "@/lib/supabase/result";

/**
 * Returns how long a prediction of this model usually takes here (s): the median of the last twenty that succeeded, from the
 * request to Replicate to the end. Returns null if no prediction has succeeded.
 */
export async function getTypicalSeconds(model: string): Promise<number | null> {
  const seconds: unknown = unwrap(await adminClient().rpc("typical_seconds", { p_model: model }));
  return z.number().nullable().parse(seconds);
}

/** Returns the typical seconds (see `getTypicalSeconds`) of each of these models. Leaves out models that have not run here. */
export async function listTypicalSeconds(models: string[]): Promise<Record<string, number>> {
  const seconds: unknown = unwrap(await adminClient().rpc("list_typical_seconds", { p_models: models }));
  return z.record(z.string(), z.number()).parse(seconds);
}
