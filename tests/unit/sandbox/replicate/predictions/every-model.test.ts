import sharp from "sharp";
import { beforeAll, expect, test } from "vitest";
import type { Version } from "../../../../../sandbox/replicate/catalog/model.ts";
import { publishedModels } from "../../../../../sandbox/replicate/catalog/published-models.ts";
import { resolveRef, type JsonSchema, type Schemas } from "../../../../../sandbox/replicate/http/json-schema.ts";
import { validate } from "../../../../../sandbox/replicate/http/validate.ts";
import { eventually, serve } from "../serve.ts";

let image = "";
beforeAll(async () => {
  const pixels = sharp({ create: { width: 64, height: 48, channels: 3, background: "teal" } }).png();
  image = `data:image/png;base64,${(await pixels.toBuffer()).toString("base64")}`;
});

/** Small values for inputs that can make a run slow. They are used for models that accept them. */
const QUICK: Record<string, unknown> = {
  resolution: "480p",
  duration: 4,
  width: 256,
  height: 256,
  size: "1K",
  number_of_outputs: 1,
};

function valueFor(name: string, schema: JsonSchema): unknown {
  if (schema.type === "array") return schema.items?.format === "uri" ? [image] : [];
  if (schema.format === "uri" || name === "image") return image;
  if (schema.enum) return schema.enum[0];
  return schema.type === "string" ? "a red fox" : (schema.minimum ?? 1);
}

/** Returns an input with the required values, with an image if the model accepts one, and with the values of `QUICK`. */
function inputFor({ Input = {}, ...schemas }: Schemas) {
  const properties = Object.entries(Input.properties ?? {}).map(
    ([name, property]) => [name, resolveRef(property, schemas)] as const,
  );
  const quick = properties.flatMap(([name, schema]) => {
    const value = QUICK[name];
    return value !== undefined && validate(value, schema, schemas).length === 0 ? [[name, value]] : [];
  });
  const wanted = properties.filter(([name]) => Input.required?.includes(name) || name === "image" || name === "query");
  return Object.fromEntries([...wanted.map(([name, schema]) => [name, valueFor(name, schema)]), ...quick]);
}

/** The first bytes of each format that models make, by content type. */
const SIGNATURES: Record<string, RegExp> = {
  "image/png": /^\x89PNG/,
  "image/jpeg": /^\xff\xd8\xff/,
  "image/webp": /^RIFF....WEBP/s,
  "image/svg+xml": /^<svg /,
  "video/mp4": /^....ftyp/s,
  "audio/mpeg": /^\xff\xf3/,
  "audio/wav": /^RIFF....WAVE/s,
  "model/gltf-binary": /^glTF/,
  "application/zip": /^PK/,
  "application/octet-stream": /^/,
};

const versions = publishedModels.flatMap(({ id, runner, versions: [version] }) =>
  version ? [{ id, runner, version }] : [],
);

/** One version for each combination of a runner and the shape of its output. */
const kinds = versions.filter(({ runner, version }, index) => {
  const kind = (one: string | null, { schemas }: Version) => one + JSON.stringify(schemas.Output);
  return versions.findIndex((other) => kind(other.runner, other.version) === kind(runner, version)) === index;
});

test("there are a hundred models, sorted by name, each with a runner and a version of its own", () => {
  const ids = publishedModels.map(({ id }) => id);
  expect(ids).toEqual(ids.toSorted());
  expect(versions.filter(({ runner }) => runner !== null)).toHaveLength(100);
  expect(new Set(versions.map(({ version }) => version.id)).size).toBe(100);
});

test.each(versions)("a valid input can be written for $id", ({ version: { schemas } }) => {
  expect(validate(inputFor(schemas), schemas.Input ?? {}, schemas)).toEqual([]);
});

test.each(kinds)("$id makes what its schema promises", async ({ version: { id, schemas } }) => {
  const { replicate, ledger } = await serve({ clock: 1000 });
  const created = await replicate.predictions.create({ version: id, input: inputFor(schemas) });
  await eventually(async () => (await replicate.predictions.get(created.id)).completed_at).toBeTruthy();
  const { output, error } = await replicate.predictions.get(created.id);
  expect(error).toBeNull();
  expect(output).not.toBeNull();
  // As at Replicate, a file that was not requested is null. No schema says that null is allowed, so this error is ignored.
  const errors = validate(output, schemas.Output ?? {}, schemas);
  expect(errors.filter(({ description }) => !description.endsWith("given: null"))).toEqual([]);
  for (const { url, type } of (await ledger()).predictions.flatMap(({ files }) => files)) {
    expect(JSON.stringify(output)).toMatch(url);
    const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(bytes.toString("latin1", 0, 16)).toMatch(SIGNATURES[type] ?? /unexpected/);
  }
});
