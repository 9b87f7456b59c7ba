import { filterCompatibleValues } from "@/components/jobs/drafts/compatible-values";
import type { Values } from "@/components/jobs/job";
import { getModelDetails } from "@/lib/models/details";
import type { Field } from "@/lib/models/inputs/fields";
import { modelNameOf } from "@/lib/models/ref";
import { withoutSeeds } from "@/lib/models/inputs/seeds";

type Form = { ref: string; version: string | null; fields: Field[] };

/**
 * Returns the values with which the form starts: `settings` or, if there are none and `withExample` is true, the settings of the
 * model's example. The seed is left out. Returns null if there are no values: the form then starts with the user's saved draft.
 */
export async function loadStartValues(userId: string, form: Form, settings: Values | null, withExample: boolean) {
  const values = settings ?? (withExample ? await loadExample(userId, form) : null);
  return values && withoutSeeds(values);
}

/**
 * Returns the settings of the model's example that the form accepts. The form may reject some settings, because the example may
 * be for another version. Files are left out, because only the user's own files may be sent to a model. Secrets are left out,
 * because a secret in an example is not the user's own.
 */
async function loadExample(userId: string, { ref, fields }: Form): Promise<Values | null> {
  // If the example cannot be loaded, the form opens without it.
  const details = await getModelDetails(userId, modelNameOf(ref), null).catch(() => null);
  if (!details?.example) return null;
  const settings = fields.filter(({ kind }) => kind !== "file" && kind !== "files" && kind !== "secret");
  return filterCompatibleValues(details.example.input, settings).values;
}
