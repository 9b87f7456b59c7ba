"use server";

import { redirect } from "next/navigation";
import { after } from "next/server";
import type { Refusal } from "@/components/generate/composer";
import { readForm, type Values } from "@/components/generate/read-form";
import { type Shape, shapesOf } from "@/components/generate/shapes";
import { requirePageUser } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { getModelForm } from "@/lib/models/queries";
import { createPrediction } from "@/lib/predictions/create";
import { follow } from "@/lib/predictions/follow";

/** The shapes that a model can make, to send it the same as another. */
export async function loadShapes(model: string): Promise<Shape[]> {
  await requirePageUser("/dashboard/generate");
  return shapesOf((await getModelForm(model)).fields);
}

/** The composer's form, sent without script: starts a prediction and shows the feed with it. */
export async function startPrediction(_previous: Refusal, data: FormData): Promise<Refusal> {
  const user = await requirePageUser("/dashboard/generate");
  const [asked, key] = [data.get("model"), data.get("key")];
  let input: Values = {};
  try {
    const { ref: model, fields } = await getModelForm(typeof asked === "string" ? asked : undefined);
    input = readForm(data, fields);
    const { id } = await createPrediction(user, { model, input }, typeof key === "string" ? key : crypto.randomUUID());
    after(() => follow(id));
    redirect(`/dashboard/generate?model=${model}`);
  } catch (error) {
    // What redirect throws is among the others.
    if (!(error instanceof AppError)) throw error;
    return { values: input, problem: problemOf(error) };
  }
}

function problemOf({ status, message, invalidFields = [] }: AppError) {
  return {
    status,
    detail: message,
    fields: invalidFields.map(({ field, description }) => ({ field: field.replace(/^input\./, ""), description })),
  };
}
