import "server-only";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import * as replicate from "@/lib/replicate/client";
import type { OpenApiSchema } from "@/lib/replicate/schema";
import { processState } from "@/lib/process-globals";
import { isHidden, mayBePrivate, requireAllowed } from "./allowed-models";
import { cached } from "./cached-request";
import { addOwners, featuredModels, findFeatured, modelTitle } from "./catalog";
import { nullIfNotFound, unknownModel, versionAlone } from "./errors";
import { findVersion } from "./find-version";
import { getFields, takesPromptAlone, type Field } from "./inputs/fields";
import { getProperties, toSchema } from "./inputs/schema-properties";
import { whatItMakes } from "./inputs/takes-and-makes";
import { isVersionId, parseModelRef } from "./ref";

export type Model = {
  model: string;
  /**
   * The id of the version. Null for the newest version of an official model: requests to Replicate contain no version for such a
   * model.
   */
  version: string | null;
  schema: OpenApiSchema | null;
};

/**
 * How long data is cached (ms): `DAY` for a version, whose data never changes, and `FIVE_MINUTES` for the newest version of a
 * model, because the model may get a newer version at any time. `MINUTE`: for a model that is unknown.
 */
const DAY = 86_400_000;
const FIVE_MINUTES = 300_000;
const MINUTE = 60_000;
const getModelVersion = cached(DAY, loadVersion);
const getNewestVersion = cached((found) => (found ? FIVE_MINUTES : MINUTE), loadNewest);

/**
 * Returns the model that `text` names. `text` is `owner/name:version`, `owner/name`, or only the id of a version (see
 * `findVersion`). If there is no `text`, returns the default model. If `text` has no version, the model gets its version in the
 * catalog, or else its newest version. Requests to Replicate are counted for the user: see `countModelRequest`. Throws
 * `unknown_model`, `model_not_allowed`, `rate_limited` or `provider_unavailable`. If a model is private and may not be (see
 * `mayBePrivate`), throws as if it did not exist.
 */
export async function resolveModel(userId: string, text: string = env().REPLICATE_MODEL_VERSION): Promise<Model> {
  const ref = await requireRef(userId, text);
  requireAllowed(ref.model);
  const version = ref.version ?? findFeatured(ref.model)?.version;
  const isChecked = !mayBePrivate(ref.model);
  const newest = isChecked || !version ? await getNewestVersion(userId, ref.model) : null;
  // Users must get the same answers for a private model as for one that does not exist. So its version is not requested.
  const isHidden = isChecked && !newest;
  const found = version && !isHidden ? await getModelVersion(userId, ref.model, version) : newest;
  if (!found) throw isVersionId(text) ? versionAlone(text.toLowerCase()) : unknownModel(text);
  if (found.version) processState.versions.set(found.version, found.model);
  return found;
}

/**
 * Returns the model and the version that a text names. The text is a reference, or only the id of a version. Throws the errors of
 * `findVersion`.
 */
async function requireRef(userId: string, text: string) {
  if (isVersionId(text)) return findVersion(userId, text.toLowerCase());
  const ref = parseModelRef(text);
  if (!ref) throw unknownModel(text);
  return ref;
}

async function loadVersion(model: string, version: string): Promise<Model> {
  const found = await replicate.getVersion(model, version).catch(nullIfNotFound);
  if (!found) throw unknownModel(`${model}:${version}`);
  return { model, version, schema: found.openapi_schema ?? null };
}

/**
 * Returns null if the model does not exist, has no version, or is private and must stay hidden. All of these results are cached
 * for the same time. Otherwise the limit for requests to Replicate would reveal whether a private model exists.
 */
async function loadNewest(model: string): Promise<Model | null> {
  const found = await replicate.getModel(model).catch(nullIfNotFound);
  if (!found?.latest_version || isHidden(model, found.visibility)) return null;
  const { is_official: isOfficial, latest_version: latest } = found;
  return { model, version: isOfficial ? null : latest.id, schema: latest.openapi_schema ?? null };
}

/** The assumed inputs of a version that does not describe its inputs. Nearly every model takes a prompt. */
const PROMPT_ONLY: Field[] = [{ name: "prompt", label: "Prompt", kind: "longtext", required: false, order: 0 }];

/** Returns the data for the form of a model: its title, its inputs and what it makes. Throws the errors of `resolveModel`. */
export async function getModelForm(userId: string, text: string = env().REPLICATE_MODEL_VERSION) {
  const { model, version, schema } = await resolveModel(userId, text);
  const pinned = isVersionId(text) ? version : (parseModelRef(text)?.version ?? null);
  const isPinned = pinned !== null && pinned !== findFeatured(model)?.version;
  return {
    /**
     * The value of `model` in requests: `owner/name`, or `owner/name:version` if the user has chosen a version other than the
     * default one.
     */
    ref: isPinned ? `${model}:${pinned}` : model,
    version,
    title: modelTitle(model) + (isPinned ? `, version ${pinned.slice(0, 8)}` : ""),
    fields: formFields(schema, version === null),
    makes: whatItMakes(schema),
  };
}

function formFields(schema: OpenApiSchema | null, isOfficial: boolean): Field[] {
  if (!schema) return PROMPT_ONLY;
  // An input schema of type `object` without properties means that the model takes no input.
  if (!getProperties(schema))
    return toSchema(schema.components.schemas["Input"])["type"] === "object" ? [] : PROMPT_ONLY;
  return getFields(schema).filter((field) => isOffered(field, isOfficial));
}

/**
 * Whether the form shows an input. For an official model, `disable_safety_checker` is hidden: these models ignore or reject it. A
 * choice with only one option is hidden too, unless the input is required and has no default.
 */
function isOffered({ name, kind, options = [], required, default: fallback }: Field, isOfficial: boolean): boolean {
  if (isOfficial && name === "disable_safety_checker") return false;
  return kind !== "select" || options.length > 1 || (required && fallback === undefined);
}

/**
 * Returns those of the given models that are allowed here and need only a prompt. Leaves out models whose data cannot be loaded.
 */
export async function listComparable(userId: string, models: string[]): Promise<{ id: string; title: string }[]> {
  const forms = await Promise.all(
    models.map((model) =>
      getModelForm(userId, model).catch((error: unknown) => {
        if (error instanceof AppError) return null;
        throw error;
      }),
    ),
  );
  const found = forms.flatMap((form) =>
    form && takesPromptAlone(form.fields) ? [{ id: form.ref, title: form.title }] : [],
  );
  // The page lists these models together with the featured models. So all titles are compared: if two of them are the same, each
  // of the two gets the name of its owner.
  const others = featuredModels.filter(({ id }) => !found.some((one) => one.id === id));
  return addOwners<{ id: string; title: string }>([...found, ...others]).slice(0, found.length);
}
