import "server-only";
import { AppError } from "@/lib/errors";
import { env } from "@/lib/env";
import { countLookUp } from "@/lib/limits/limits";
import { getModel, getVersion } from "@/lib/replicate/client";
import { ReplicateError } from "@/lib/replicate/errors";
import type { OpenApiSchema } from "@/lib/replicate/schema";
import { requireAllowed } from "./allowed";
import { catalog } from "./catalog";
import { fieldsOf, type Field } from "./fields";
import { parseModelRef, type ModelRef } from "./ref";
import { propertiesOf } from "./properties";
import { titleOf } from "./title";
import { unreachable } from "./errors";

export type Model = {
  model: string;
  /** Null: an official model, which Replicate runs without a version. */
  version: string | null;
  schema: OpenApiSchema | null;
};

/** A named version never changes; what is newest may, after a few minutes (ms). */
const NEWEST_FOR = 5 * 60_000;
const MOST = 200;
const known = new Map<string, { model: Promise<Model>; until: number }>();

/**
 * The model a request means: `owner/name:version`, `owner/name` (the catalogue's version, else the newest) or, without
 * one, the configured default. Where Replicate has to be asked, that counts for this person. Throws `unknown_model`,
 * `model_not_allowed`, `rate_limited`, or `provider_unavailable` when Replicate cannot be asked.
 */
export async function resolveModel(userId: string, text: string = env().REPLICATE_MODEL_VERSION): Promise<Model> {
  const ref = parseModelRef(text);
  if (!ref) throw unknownModel(text);
  requireAllowed(ref.model);
  const version = ref.version ?? catalog.find((entry) => entry.id === ref.model)?.version ?? null;
  const key = `${ref.model}:${version ?? "newest"}`;
  const cached = known.get(key);
  if (cached && cached.until > Date.now()) return cached.model;

  countLookUp(userId);
  const model = load({ model: ref.model, version });
  if (known.size >= MOST) known.clear();
  known.set(key, { model, until: version ? Infinity : Date.now() + NEWEST_FOR });
  model.catch(() => known.delete(key));
  return model;
}

export type ModelForm = {
  /** What to send as `model` to run just this: `owner/name`, and its version where the name alone means another. */
  ref: string;
  version: string | null;
  title: string;
  fields: Field[];
};

/** Where a version does not describe its inputs: what nearly every model takes. */
const UNDESCRIBED: Field[] = [{ name: "prompt", label: "Prompt", kind: "longtext", required: false, order: 0 }];

/** The form of a model: its inputs in their own order. Throws as `resolveModel` does. */
export async function getModelForm(userId: string, text: string = env().REPLICATE_MODEL_VERSION): Promise<ModelForm> {
  const { model, version, schema } = await resolveModel(userId, text);
  const entry = catalog.find(({ id }) => id === model);
  const pinned = parseModelRef(text)?.version ?? null;
  const isPinned = pinned !== null && pinned !== entry?.version;
  return {
    ref: isPinned ? `${model}:${pinned}` : model,
    version,
    title: titleOf(model) + (isPinned ? `, version ${pinned.slice(0, 8)}` : ""),
    fields: schema && propertiesOf(schema) ? fieldsOf(schema) : UNDESCRIBED,
  };
}

async function load({ model, version }: ModelRef): Promise<Model> {
  try {
    if (version) return { model, version, schema: (await getVersion(model, version)).openapi_schema ?? null };
    const { is_official: isOfficial, latest_version: latest } = await getModel(model);
    if (!latest) throw unknownModel(model);
    return { model, version: isOfficial ? null : latest.id, schema: latest.openapi_schema ?? null };
  } catch (error) {
    if (!(error instanceof ReplicateError)) throw error;
    const isUnknown = error.kind === "not_found" || error.kind === "refused";
    if (isUnknown) throw unknownModel(version ? `${model}:${version}` : model, error);
    throw unreachable(error);
  }
}

/** There is no such model, or none with such a version. */
export function unknownModel(text: string, cause?: Error): AppError {
  const description = `${text.slice(0, 150)} is not a model that can be run. Write owner/name or owner/name:version.`;
  return new AppError("unknown_model", description, {
    cause,
    invalidFields: [{ field: "model", description, type: "unknown" }],
  });
}
