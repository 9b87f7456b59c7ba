import { filterCompatibleValues } from "@/components/jobs/drafts/compatible-values";
import type { Values } from "@/components/jobs/job";
import { getModelDetails } from "@/lib/models/details";
import type { Field } from "@/lib/models/inputs/fields";
import { modelNameOf } from "@/lib/models/ref";
import { withoutSeeds } from "@/lib/models/inputs/seeds";

type Form = { ref: string; version: string | null; fields: Field[] };

/**
 * Returns the values with which the form starts, without the seed: the `settings` of a saved image, or else those of the model's
 * example if `withExample`. Null to start with the draft.
 */
export async function loadStartValues(userId: string, form: Form, settings: Values | null, withExample: boolean) {
  const values = settings ?? (withExample ? await loadExample(userId, form) : null);
  return values && withoutSeeds(values);
}

/**
 * Returns those settings of the model's example that the form accepts: the example may be for another version. Leaves out its
 * files, because only the user's own files may be sent to a model, and its secrets, because they belong to another account.
 */
async function loadExample(userId: string, { ref, fields }: Form): Promise<Values | null> {
  // Without the example, the form is still useful.
  const details = await getModelDetails(userId, modelNameOf(ref), null).catch(() => null);
  if (!details?.example) return null;
  const settings = fields.filter(({ kind }) => kind !== "file" && kind !== "files" && kind !== "secret");
  return filterCompatibleValues(details.example.input, settings).values;
}
