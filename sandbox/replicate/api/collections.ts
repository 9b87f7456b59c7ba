import { listModels } from "../catalog/find-model.ts";
import { serializeModel } from "../catalog/serialize-model.ts";
import { json, notFound } from "../http/responses.ts";
import type { RouteContext } from "../sandbox.ts";

/** All collections. A collection contains the models that have its slug as a tag. */
export const collections = [
  { name: "Official models", slug: "official", description: "Always on, with a price for each output." },
  { name: "Text to image", slug: "text-to-image", description: "Make images from words." },
  { name: "Image editing", slug: "image-editing", description: "Change images with words." },
  { name: "Super resolution", slug: "super-resolution", description: "Make images larger and sharper." },
  { name: "Remove backgrounds", slug: "remove-backgrounds", description: "Cut things out of images." },
  { name: "Image restoration", slug: "image-restoration", description: "Repair old and damaged images." },
  { name: "Vector graphics", slug: "text-to-svg", description: "Make logos and icons as SVG." },
  { name: "Text to video", slug: "text-to-video", description: "Make videos from words." },
  { name: "Image to video", slug: "image-to-video", description: "Make images move." },
  { name: "Text to speech", slug: "text-to-speech", description: "Read texts aloud." },
  { name: "Music", slug: "ai-music-generation", description: "Make music from words." },
  { name: "3D models", slug: "3d-models", description: "Make 3D models from images." },
  { name: "Speech to text", slug: "speech-to-text", description: "Write down what is said." },
  { name: "Vision models", slug: "vision-models", description: "Answer questions about images." },
  { name: "Embedding models", slug: "embedding-models", description: "Turn texts and images into vectors." },
  { name: "Trainers", slug: "trainers", description: "Train models on images and recordings of your own." },
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
