"use server";

import { z } from "zod";
import { type AspectRatio, aspectRatiosOf } from "@/components/generate/fields/aspect-ratios";
import { getUser } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { costByPrice } from "@/lib/models/prices/cost-by-price";
import { findPrice } from "@/lib/models/prices/price-list";
import { modelNameOf } from "@/lib/models/ref";
import { getModelForm, listComparable } from "@/lib/models/resolve";
import { listUsedModels } from "@/lib/predictions/queries";

const Name = z.string().catch("");

/**
 * Returns what a comparison needs to know about a model. Nothing is known if the user is signed out or the model cannot run here.
 */
export async function loadCompared(model: string): Promise<{ ratios: AspectRatio[]; cost: number | null }> {
  const form = await findForm(model);
  if (!form || form instanceof AppError) return { ratios: [], cost: null };
  const { ref, fields } = form;
  const price = findPrice(modelNameOf(ref));
  return { ratios: aspectRatiosOf(fields), cost: price ? costByPrice(price, {}, fields).price.usual : null };
}

/**
 * Whether a model can run here. Also true if the user is signed out or there was another error: the form of the model then
 * explains it.
 */
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

/** Returns the models to compare with: first those opened last, then those run before. Returns none for a signed-out user. */
export async function loadComparable(visited: string[]): Promise<{ id: string; title: string }[]> {
  const user = await getUser();
  if (!user) return [];
  const models = [...Visited.parse(visited), ...(await listUsedModels())];
  return listComparable(user.id, [...new Set(models)].slice(0, maxComparable));
}
