"use server";

import { redirect } from "next/navigation";
import { after } from "next/server";
import { z } from "zod";
import type { Rejection } from "@/components/generate/composer/composer";
import type { Values } from "@/components/jobs/job";
import { readForm } from "@/components/generate/fields/form-values";
import { type AspectRatio, aspectRatiosOf } from "@/components/generate/fields/aspect-ratios";
import { getUser, requirePageUser } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { getModelForm, listComparable } from "@/lib/models/resolve";
import { createPrediction } from "@/lib/predictions/create";
import { pollUntilDone } from "@/lib/predictions/poll";
import { listRecentPrompts, listUsedModels } from "@/lib/predictions/queries";
import { formOf, parseIdempotencyKey } from "@/lib/request-params";

const Name = z.string().catch("");

/** The aspect ratios of a model; none when the user is signed out or the model cannot run here. */
export async function loadAspectRatios(model: string): Promise<AspectRatio[]> {
  const form = await findForm(model);
  return !form || form instanceof AppError ? [] : aspectRatiosOf(form.fields);
}

/** Whether a model can run here. True when unknown or signed out: the model's form then says whether it can run. */
export async function canRun(model: string): Promise<boolean> {
  const form = await findForm(model);
  return !(form instanceof AppError && form.status === 422);
}

/** The form of a model, or the error that says why there is none; null when the user is signed out. */
async function findForm(model: string) {
  const user = await getUser();
  if (!user) return null;
  return getModelForm(user.id, Name.parse(model)).catch((error: unknown) => {
    if (error instanceof AppError) return error;
    throw error;
  });
}

const Visited = z.array(z.string().max(200)).max(10).catch([]);
const maxComparable = 24;

/** The models to compare with: first the ones opened last, then the ones run before. None when the user is signed out. */
export async function loadComparable(visited: string[]): Promise<{ id: string; title: string }[]> {
  const user = await getUser();
  if (!user) return [];
  const models = [...Visited.parse(visited), ...(await listUsedModels())];
  return listComparable(user.id, [...new Set(models)].slice(0, maxComparable));
}

const maxPrompts = 50;

/** The user's last prompts; null when the user is signed out. */
export async function loadPrompts(): Promise<string[] | null> {
  return (await getUser()) ? listRecentPrompts(maxPrompts) : null;
}

/** Handles the composer's form without JavaScript: starts a prediction, and shows the page with it. */
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
    // `redirect` throws too, and must pass.
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
