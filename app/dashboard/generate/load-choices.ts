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

/** What a comparison needs of a model. Nothing is known when the user is signed out or the model cannot run here. */
export async function loadCompared(model: string): Promise<{ ratios: AspectRatio[]; cost: number | null }> {
  const form = await findForm(model);
  if (!form || form instanceof AppError) return { ratios: [], cost: null };
  const { ref, fields } = form;
  const price = findPrice(modelNameOf(ref));
  return { ratios: aspectRatiosOf(fields), cost: price ? costByPrice(price, {}, fields).price.usual : null };
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
