import { describe, expect, test } from "vitest";
import { featuredIds } from "../featured-ids.ts";
import { serializeExample } from "../../../../../sandbox/replicate/catalog/serialize-model.ts";
import { publishedModels } from "../../../../../sandbox/replicate/catalog/published-models.ts";
import { validate } from "../../../../../sandbox/replicate/http/validate.ts";
import { serve } from "../serve.ts";

/** The first bytes of each type of file that a model's page has. */
const SIGNATURES: Record<string, RegExp> = {
  "image/webp": /^RIFF....WEBP/s,
  "image/svg+xml": /^<svg /,
  "video/mp4": /^....ftyp/s,
  "audio/mpeg": /^\xff\xf3/,
};

const featured = publishedModels.filter(({ id }) => featuredIds.includes(id));

test("every featured model is published here", () => {
  expect(featured.map(({ id }) => id).toSorted()).toEqual(featuredIds.toSorted());
});

describe.each(featured)("$id", (model) => {
  const { id, readme, cover_image_url, versions } = model;

  test("has an example with a valid input and output, a cover and a README", () => {
    const { schemas } = versions[0]!;
    const example = serializeExample(model, "http://127.0.0.1:1");
    expect(validate(example?.input, schemas.Input ?? {}, schemas)).toEqual([]);
    expect(validate(example?.output, schemas.Output ?? {}, schemas)).toEqual([]);
    expect(cover_image_url).toContain(id.replace("/", "--"));
    for (const name of schemas.Input?.required ?? []) expect(readme).toContain(`- \`${name}\` (required)`);
  });
});

test("the files of examples exist, and are of the kind that their names say", async () => {
  const { replicate, origin } = await serve();
  const seen = new Set<string>();
  for (const id of [
    "wan-video/wan-2.2-t2v-fast",
    "minimax/music-1.5",
    "recraft-ai/recraft-v4-svg",
    "google/imagen-4",
  ]) {
    const [owner = "", name = ""] = id.split("/");
    const url = String((await replicate.models.get(owner, name)).default_example?.output);
    expect(url.startsWith(`${origin}/delivery/`)).toBe(true);
    const head = await fetch(url, { method: "HEAD" });
    const type = String(head.headers.get("content-type"));
    expect([head.status, (await head.bytes()).length]).toEqual([200, 0]);
    expect(Buffer.from(await (await fetch(url)).bytes()).toString("latin1", 0, 16)).toMatch(SIGNATURES[type] ?? /none/);
    seen.add(type);
  }
  expect([...seen].toSorted()).toEqual(Object.keys(SIGNATURES).toSorted());
});

test.each(["google--imagen-4/other.webp", "google--imagen-4/constructor", "nobody--nothing/example.mp4"])(
  "there is no file %s",
  async (path) => {
    const { origin } = await serve();
    for (const method of ["GET", "HEAD"]) {
      expect((await fetch(`${origin}/delivery/tjzk/${path}`, { method })).status).toBe(404);
    }
  },
);

test("an example shows the input files with their whole addresses, and a README is Markdown", async () => {
  const { replicate, ask, origin } = await serve();
  const { default_example } = await replicate.models.get("qwen", "qwen-image-edit-plus");
  expect(default_example?.input).toMatchObject({ image: [`${origin}/delivery/tjzk/stability-ai--sdxl/cover.webp`] });
  const readme = await ask("GET", "/v1/models/stability-ai/sdxl/readme");
  expect(readme.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(await readme.text()).toMatch(/^# sdxl\n[^]*\n## Inputs\n[^]*```js[^]*## License/);
});
