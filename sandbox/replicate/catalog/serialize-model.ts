import { serializePrediction, withOrigin } from "../predictions/prediction.ts";
import { idFor } from "../state/ids.ts";
import type { Model } from "./model.ts";
import { serializeVersion } from "./serialize-version.ts";

const withOrigins = (input: Record<string, unknown>, origin: string) =>
  Object.fromEntries(Object.entries(input).map(([name, value]) => [name, withOrigin(value, origin)]));

/**
 * Returns the example on a model's page, as a prediction. All times of this prediction are the time when the version was
 * published.
 */
export function serializeExample({ id, example, versions: [version] }: Model, origin: string) {
  if (!example || !version) return null;
  return serializePrediction(
    {
      id: idFor(version.id),
      kind: "prediction",
      model: id,
      version: version.id,
      runs: version.id,
      input: withOrigins(example.input, origin),
      output: example.output,
      logs: "",
      error: null,
      status: "succeeded",
      data_removed: false,
      created_at: version.created_at,
      started_at: version.created_at,
      completed_at: version.created_at,
      metrics: example.metrics,
      files: [],
      boot: 0,
      seed: 0,
      stream: "",
    },
    origin,
  );
}

/** A model as the API returns it. */
export function serializeModel(model: Model, origin: string) {
  const latest = model.versions[0];
  return {
    url: `https://replicate.com/${model.id}`,
    owner: model.owner,
    name: model.name,
    description: model.description,
    visibility: model.visibility,
    is_official: model.is_official,
    github_url: model.github_url,
    paper_url: model.paper_url,
    license_url: model.license_url,
    run_count: model.run_count,
    cover_image_url: withOrigin(model.cover_image_url, origin),
    default_example: serializeExample(model, origin),
    latest_version: latest ? serializeVersion(latest) : null,
    created_at: model.created_at,
  };
}
