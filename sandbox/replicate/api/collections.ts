import { listModels } from "../catalog/find-model.ts";
import { serializeModel } from "../catalog/serialize-model.ts";
import { json, notFound } from "../http/responses.ts";
import type { RouteContext } from "../sandbox.ts";

/** A collection holds the models that have its slug as a tag. */
export const collections = [
  { name: "Official models", slug: "official", description: "Always on, with a price for each output." },
  { name: "Text to image", slug: "text-to-image", description: "Make images from words." },
  { name: "Image editing", slug: "image-editing", description: "Change images with words." },
  { name: "Super resolution", slug: "super-resolution", description: "Make images larger and sharper." },
  { name: "Remove backgrounds", slug: "remove-backgrounds", description: "Cut things out of images." },
  { name: "Image restoration", slug: "image-restoration", description: "Repair old and damaged images." },
  { name: "Speech to text", slug: "speech-to-text", description: "Write down what is said." },
  { name: "Language models", slug: "language-models", description: "Understand text and write it." },
];

export function listCollections(): Response {
  return json(200, { next: null, previous: null, results: collections });
}

export function getCollection({ sandbox, param }: RouteContext): Response {
  const collection = collections.find(({ slug }) => slug === param("slug"));
  if (!collection) return notFound();
  const models = listModels(sandbox.state).filter(({ tags }) => tags.includes(collection.slug));
  return json(200, {
    ...collection,
    full_description: null,
    models: models.map((model) => serializeModel(model, sandbox.origin)),
  });
}
