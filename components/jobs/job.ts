import { describe } from "@/components/media/describe";
import { promptOf } from "@/components/media/media-item";
import { type ItemChanges, withChanges } from "@/components/media/use-item-changes";
import { isFinished } from "@/lib/predictions/status";
import type { Prediction } from "@/lib/predictions/schema";
import type { Problem } from "./api";

/** The settings in the form of a model: plain JSON. */
export type Values = Record<string, unknown>;

/** What is asked of the server. `parent` is the id of the image that a tool works on. */
export type GenerateRequest = { model: string; input: Values; tool?: string; parent?: string };

/** A card of the feed: a request, and what has become of it. */
export type Job = {
  /** Stays the same from the click on, so that the card is never mounted again. */
  key: string;
  request: GenerateRequest;
  /** By this machine's clock, in ms. */
  sentAt: number;
  prediction: Prediction | null;
  problem: Problem | null;
  /** The request could not be sent yet, because there is no network. */
  isOffline: boolean;
  cancelAsked: boolean;
};

export function newJob(key: string, request: GenerateRequest, sentAt: number): Job {
  return { key, request, sentAt, prediction: null, problem: null, isOffline: false, cancelAsked: false };
}

export function jobOf(prediction: Prediction): Job {
  const { id, version, input, tool, parent_image_id: parent, created_at } = prediction;
  const model = version ? `${prediction.model}:${version}` : prediction.model;
  const request = { model, input, ...(tool && { tool }), ...(parent && { parent }) };
  return { ...newJob(id, request, Date.parse(created_at)), prediction };
}

/** A job in words: its prompt, else the tool and what it is used on. */
export function describeJob({ request, prediction }: Job): string {
  const subject = prediction?.images[0]?.subject ?? null;
  return describe({ prompt: promptOf(request.input), tool: request.tool ?? null, subject });
}

/** Whether the model has not finished yet. */
export function isRunning({ prediction, problem }: Job) {
  return prediction ? !isFinished(prediction.status) : !problem;
}

/** Applies what was done with the images. A job without a changed image stays the same object. */
export function withItemChanges(jobs: Job[], changes: ItemChanges): Job[] {
  return jobs.map((job) => {
    const { prediction } = job;
    if (!prediction?.images.some(({ id }) => changes.has(id))) return job;
    return { ...job, prediction: { ...prediction, images: withChanges(prediction.images, changes) } };
  });
}

export function withoutSeed({ seed: _seed, ...settings }: Values): Values {
  return settings;
}
