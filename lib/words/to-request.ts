import "server-only";
import { presets } from "@/lib/config";
import { mediaPath } from "@/lib/media/media-urls";
import { findFeatured, modelTitle } from "@/lib/models/catalog";
import { type Field, getFields } from "@/lib/models/inputs/fields";
import { whatItMakes } from "@/lib/models/inputs/takes-and-makes";
import { resolveModel } from "@/lib/models/resolve";
import type { NewPrediction } from "@/lib/predictions/input/new-prediction";
import { requireModel } from "./choose-model";
import { describeInstructions, improveInstructions } from "./instructions";
import type { NewWords } from "./schema";
import { toInput, toRecordingInput } from "./to-input";

/**
 * Returns the request for a prediction that improves a prompt, describes an image or transcribes a recording, as `words` says.
 * For the same `words`, it always returns the same request. Throws `model_not_allowed` if no model is offered for the task. Also
 * throws the errors of `resolveModel`, both for the model that does the task and for the model that will get the improved prompt.
 */
export async function toRequest(userId: string, words: NewWords): Promise<NewPrediction> {
  const model = requireModel(words.task);
  const { schema } = await resolveModel(userId, model);
  const input = await inputFor(userId, words, schema ? getFields(schema) : []);
  return { model, tool: words.task, input };
}

async function inputFor(userId: string, words: NewWords, fields: Field[]) {
  switch (words.task) {
    case "improve":
      return toInput(fields, { instructions: await instructionsFor(userId, words), text: words.prompt });
    case "describe": {
      const image = mediaPath(words.media);
      return toInput(fields, { instructions: describeInstructions, text: "Describe this image.", image });
    }
    case "transcribe":
      return toRecordingInput(fields, words.upload);
  }
}

async function instructionsFor(userId: string, { model: ref, prompt }: Extract<NewWords, { task: "improve" }>) {
  const { model, schema } = await resolveModel(userId, ref);
  const featured = findFeatured(model);
  return improveInstructions({
    title: modelTitle(model),
    description: featured?.description,
    makes: featured?.task === "edit" ? "edit" : whatItMakes(schema),
    styles: presets.styles.map((style) => style.words).filter((style) => prompt.includes(style)),
  });
}
