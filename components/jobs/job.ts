import { describe } from "@/components/media/describe";
import { promptOf } from "@/components/media/media-item";
import { type ItemChanges, withChanges } from "@/components/media/use-item-changes";
import { imageCount } from "@/lib/models/inputs/image-count";
import { isFinished, isInFeed } from "@/lib/predictions/status";
import type { Prediction } from "@/lib/predictions/schema";
import type { Problem } from "./read-response";

/** The values of a model's settings, by the name of the setting. Each is a JSON value. */
export type Values = Record<string, unknown>;

/**
 * A request to start a prediction. `parent` is the id of the image on which a tool is used. `secrets` are the secret values of
 * the input, by name. They are kept only in memory, until the request is accepted. `reuse`: the server may return an earlier
 * prediction of the same request.
 */
export type GenerateRequest = {
  model: string;
  input: Values;
  secrets?: Values;
  tool?: string;
  parent?: string;
  reuse?: boolean;
};

/** A card in the feed: a request, and its prediction or problem. */
export type Job = {
  /** The key never changes, so that React does not mount the card again when the prediction arrives. */
  key: string;
  request: GenerateRequest;
  /**
   * When the request was sent (ms), by the clock of this device. For a prediction from the server's list, when it was created.
   */
  sentAt: number;
  prediction: Prediction | null;
  problem: Problem | null;
  /** True while the request cannot be sent, because there is no connection to the app. */
  isOffline: boolean;
  cancelAsked: boolean;
  /** True if the server returned an earlier prediction of the same request. */
  isReused: boolean;
};

export function newJob(key: string, request: GenerateRequest, sentAt: number): Job {
  return {
    key,
    request,
    sentAt,
    prediction: null,
    problem: null,
    isOffline: false,
    cancelAsked: false,
    isReused: false,
  };
}

export function jobOf(prediction: Prediction): Job {
  const { id, version, input, tool, parent_image_id: parent, created_at } = prediction;
  const model = version ? `${prediction.model}:${version}` : prediction.model;
  // A prediction that writes words for a form, such as an improved prompt, is not in the feed. If it is run again, the request
  // has no tool, so that the feed shows the new prediction.
  const request = { model, input, ...(isInFeed({ tool }) && tool && { tool }), ...(parent && { parent }) };
  return { ...newJob(id, request, Date.parse(created_at)), prediction };
}

/**
 * Describes a job in words. A tool that writes text for the user has a fixed title, such as "Improved prompt". Otherwise, the
 * prompt is used. Without a prompt, the tool and its input image are named.
 */
export function describeJob({ request, prediction }: Job): string {
  const first = prediction?.images[0];
  // The tool of the prediction comes first, because the server can also recognize a tool by the model of the request.
  const tool = prediction?.tool ?? request.tool ?? null;
  return describe({ prompt: promptOf(request.input), tool, subject: first?.subject ?? null, kind: first?.kind });
}

/** Returns the number of placeholders for the images of a request. It is at most 8, because more would fill the page. */
export function placeholderCount({ input }: GenerateRequest) {
  return Math.min(imageCount(input), 8);
}

/** Whether the request has no response yet, or its prediction has not finished. */
export function isRunning({ prediction, problem }: Job) {
  return prediction ? !isFinished(prediction.status) : !problem;
}

/** Applies the changes to the images of the jobs. A job without changes stays the same object. */
export function withItemChanges(jobs: Job[], changes: ItemChanges): Job[] {
  return jobs.map((job) => {
    const { prediction } = job;
    if (!prediction?.images.some(({ id }) => changes.has(id))) return job;
    return { ...job, prediction: { ...prediction, images: withChanges(prediction.images, changes) } };
  });
}
