"use server";

import { redirect } from "next/navigation";
import { after } from "next/server";
import type { Rejection } from "@/components/generate/composer/composer";
import { readForm } from "@/components/generate/fields/form-values";
import type { Values } from "@/components/jobs/job";
import { requirePageUser } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { getModelForm } from "@/lib/models/resolve";
import { createPrediction } from "@/lib/predictions/create";
import { pollUntilDone } from "@/lib/predictions/poll-until-done";
import { formOf, parseIdempotencyKey } from "@/lib/request-params";

/** Handles the composer's form without JavaScript. Starts a prediction and opens Generate again, which shows the prediction. */
export async function startPrediction(_previous: Rejection, data: FormData): Promise<Rejection> {
  const user = await requirePageUser("/dashboard/generate");
  const form = formOf(data);
  const [requested, key] = [form.get("model"), form.get("key")];
  let input: Values = {};
  try {
    const { ref: model, fields } = await getModelForm(user.id, typeof requested === "string" ? requested : undefined);
    input = readForm(form, fields);
    const { id } = await createPrediction(
      user,
      { model, input },
      parseIdempotencyKey(typeof key === "string" ? key : null),
    );
    after(() => pollUntilDone(id));
    redirect(`/dashboard/generate?model=${model}`);
  } catch (error) {
    // `redirect` works by throwing an error, which only Next may catch.
    if (!(error instanceof AppError)) throw error;
    return { values: input, problem: problemOf(error) };
  }
}

function problemOf({ code, status, message, invalidFields = [] }: AppError) {
  return {
    status,
    type: code,
    detail: message,
    fields: invalidFields.map(({ field, description }) => ({ field: field.replace(/^input\./, ""), description })),
  };
}
