"use server";

import { redirect } from "next/navigation";
import type { Rejection } from "@/components/generate/composer/composer";
import { readForm, readSecrets } from "@/components/generate/fields/read-form";
import { toFieldProblem } from "@/components/jobs/read-response";
import { explainRejection } from "@/components/jobs/explain-rejection";
import type { Values } from "@/components/jobs/job";
import { requirePageUser } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { getModelForm } from "@/lib/models/resolve";
import { withoutUnused } from "@/lib/models/inputs/used-when";
import { createPrediction } from "@/lib/predictions/create";
import { pollBeyondResponse } from "@/lib/predictions/poll-until-done";
import { formOf, parseIdempotencyKey } from "@/lib/request-params";

/**
 * Handles the form of the composer when it is sent without JavaScript. Starts a prediction and opens Generate again, which shows
 * the prediction.
 */
export async function startPrediction(_previous: Rejection, data: FormData): Promise<Rejection> {
  const user = await requirePageUser("/dashboard/generate");
  const form = formOf(data);
  const [requested, key] = [form.get("model"), form.get("key")];
  let input: Values = {};
  try {
    const { ref: model, fields } = await getModelForm(user.id, typeof requested === "string" ? requested : undefined);
    input = withoutUnused(readForm(form, fields), fields);
    // Secrets are added to the request, but not to `input`: if the request is rejected, `input` is sent back to the page.
    const body = { model, input: { ...input, ...readSecrets(form, fields) } };
    const { id } = await createPrediction(user, body, parseIdempotencyKey(typeof key === "string" ? key : null));
    pollBeyondResponse(id);
    redirect(`/dashboard/generate?model=${model}`);
  } catch (error) {
    // `redirect` works by throwing an error, which only Next may catch.
    if (!(error instanceof AppError)) throw error;
    const problem = problemOf(error);
    const { title, remedy } = explainRejection(problem);
    return { values: input, problem, message: `${title}. ${remedy}` };
  }
}

function problemOf({ code, status, message, invalidFields = [] }: AppError) {
  return {
    status,
    type: code,
    detail: message,
    fields: invalidFields.map(toFieldProblem),
  };
}
