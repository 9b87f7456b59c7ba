import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { examples } from "./examples.ts";
import { Model, Version } from "./model.ts";
import { writeReadme } from "./write-readme.ts";

/** The date of models and versions whose real date is not known. */
const PUBLISHED = "2026-01-05T09:00:00.000000Z";
/**
 * The Cog version of all models whose real Cog version is not known. (Cog is the server in the container of a model.) The value
 * cannot be null, because Replicate's Python client does not accept null.
 */
const COG_VERSION = "0.16.9";

/**
 * One line of models.jsonl: one model. The lines are sorted by id. A line has no members that are the same for every model, and
 * none that `toModel` can derive.
 */
const Line = Model.pick({
  id: true,
  description: true,
  tags: true,
  runner: true,
  run_seconds: true,
  trains: true,
}).extend({
  /** True for an official model. It can be run by its name, and its predictions then have the version `hidden` in responses. */
  official: z.boolean().default(false),
  runs_by_name: z.boolean().optional(),
  run_count: z.int().default(1_000),
  created_at: z.string().optional(),
  example: Model.shape.example.default(null),
  github_url: Model.shape.github_url.default(null),
  paper_url: Model.shape.paper_url.default(null),
  license_url: Model.shape.license_url.default(null),
  versions: z.array(
    Version.extend({ created_at: z.string().default(PUBLISHED), cog_version: z.string().default(COG_VERSION) }),
  ),
});

function toModel({ official, tags, ...line }: z.infer<typeof Line>): Model {
  const [owner = "", name = ""] = line.id.split("/");
  return {
    ...line,
    owner,
    name,
    visibility: "public",
    is_official: official,
    runs_by_name: line.runs_by_name ?? official,
    cover_image_url: `/delivery/tjzk/${owner}--${name}/cover.webp`,
    created_at: line.created_at ?? line.versions.at(-1)?.created_at ?? PUBLISHED,
    tags: official ? [...tags, "official"] : tags,
    example: line.example ?? examples[line.id] ?? null,
    readme: writeReadme(line),
  };
}

/** The models that Replicate publishes: real names, versions and schemas. */
export const publishedModels: Model[] = readFileSync(join(import.meta.dirname, "models.jsonl"), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => toModel(Line.parse(JSON.parse(line))));
