import "server-only";
import { AppError } from "@/lib/errors";
import { takesPromptAlone } from "./fields";
import { getModelForm } from "./resolve";

/**
 * Of these models (`owner/name`, with a version maybe) those that run here and make something of a prompt alone, by their
 * names. One that Replicate cannot be asked about is left out.
 */
export async function listComparable(userId: string, models: string[]): Promise<{ id: string; title: string }[]> {
  const forms = await Promise.all(models.map((model) => getModelForm(userId, model).catch(leaveOut)));
  return forms.flatMap((form) => (form && takesPromptAlone(form.fields) ? [{ id: form.ref, title: form.title }] : []));
}

function leaveOut(error: unknown): null {
  if (error instanceof AppError) return null;
  throw error;
}
