import "server-only";
import { AppError } from "@/lib/errors";
import { isOffered } from "@/lib/models/allowed-models";
import type { NewWords } from "./schema";

type Task = NewWords["task"] | "chat";

const languageModels = ["openai/gpt-4o-mini", "meta/meta-llama-3-8b-instruct", "anthropic/claude-4.5-sonnet"];

/** The models for each task. The first one that is offered here (see `isOffered`) is used. */
const models: Record<Task, string[]> = {
  improve: languageModels,
  chat: languageModels,
  describe: ["openai/gpt-4o-mini", "lucataco/moondream2", "anthropic/claude-4.5-sonnet"],
  transcribe: ["openai/whisper", "vaibhavs10/incredibly-fast-whisper"],
};

/**
 * Returns the model for a task, as `owner/name`. Returns null if none of its models is offered here. The app then does not show
 * this task.
 */
export function chooseModel(task: Task): string | null {
  return models[task].find(isOffered) ?? null;
}

/** Like `chooseModel`, but throws `model_not_allowed` if no model is offered here. */
export function requireModel(task: Task): string {
  const model = chooseModel(task);
  if (model) return model;
  const kind = task === "transcribe" ? "a model that writes down speech" : "a language model";
  const message = `This action needs ${kind}, but no such model is allowed here. The operator of this site can add ${models[task][0]} to the setting ALLOWED_MODELS.`;
  throw new AppError("model_not_allowed", message);
}
