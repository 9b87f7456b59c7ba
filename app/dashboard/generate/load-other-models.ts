"use server";

import { z } from "zod";
import type { EditModel } from "@/components/generate/composer/dropped-files";
import { type AspectRatio, aspectRatiosOf } from "@/components/generate/fields/aspect-ratios";
import { getUser } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { listEnabledModels } from "@/lib/models/allowed-models";
import { costByPrice } from "@/lib/models/prices/cost-by-price";
import { findPrice } from "@/lib/models/prices/price-list";
import { modelNameOf } from "@/lib/models/ref";
import { getModelForm, listComparable } from "@/lib/models/resolve";
import { listUsedModels } from "@/lib/predictions/queries";

const Name = z.string().catch("");

/**
 * Returns the aspect ratios of a model that is compared, and the usual cost of one run (US dollars; null if not known). For a
 * signed-out user, or a model that cannot run in this installation, returns no ratios and no cost.
 */
export async function loadCompared(model: string): Promise<{ ratios: AspectRatio[]; cost: number | null }> {
  const form = await findForm(model);
  if (!form || form instanceof AppError) return { ratios: [], cost: null };
  const { ref, fields } = form;
  const price = findPrice(modelNameOf(ref));
  return { ratios: aspectRatiosOf(fields), cost: price ? costByPrice(price, {}, fields).price.usual : null };
}

/**
 * Whether a model can run in this installation. False only if the model does not exist or is not allowed. After any other
 * problem, such as a sign-out, the result is true, because the form of the model explains that problem.
 */
export async function canRun(model: string): Promise<boolean> {
  const form = await findForm(model);
  return !(form instanceof AppError && form.status === 422);
}

/**
 * Returns the form of a model. If the model has no form, returns the error that explains the reason. Returns null for a
 * signed-out user.
 */
async function findForm(model: string) {
  const user = await getUser();
  if (!user) return null;
  return getModelForm(user.id, Name.parse(model)).catch((error: unknown) => {
    if (error instanceof AppError) return error;
    throw error;
  });
}

/**
 * Returns the first featured model that edits images and can run in this installation, and its field for the image. Null if
 * there is none, or if the user is signed out.
 */
export async function loadEditModel(): Promise<EditModel | null> {
  for (const { id, title } of listEnabledModels().filter(({ task }) => task === "edit")) {
    const form = await findForm(id);
    if (!form) return null;
    const field = form instanceof AppError ? null : form.fields.find(({ takes }) => takes === "image");
    if (field) return { id, title, field: field.name, isList: field.kind === "files" };
  }
  return null;
}

const Visited = z.array(z.string().max(200)).max(10).catch([]);
const maxComparable = 24;

/**
 * Returns models that can be compared: first the models that the user opened last (`visited`), then the models that the user has
 * run. Returns an empty list for a signed-out user.
 */
export async function loadComparable(visited: string[]): Promise<{ id: string; title: string }[]> {
  const user = await getUser();
  if (!user) return [];
  const models = [...Visited.parse(visited), ...(await listUsedModels())];
  return listComparable(user.id, [...new Set(models)].slice(0, maxComparable));
}
