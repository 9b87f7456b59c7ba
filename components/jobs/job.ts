import { describe } from "@/components/media/describe";
import { promptOf } from "@/components/media/item";
import type { Prediction, Status } from "@/lib/predictions/schema";
import type { Problem } from "./api";

/** The settings in the form of a model: plain JSON. */
export type Values = Record<string, unknown>;

export type Request = { model: string; input: Values; tool?: string; parent?: string };

/** A card of the feed: something asked for, and what is known about it. */
export type Job = {
  /** Stays the same from the click on, so that the card is never drawn anew. */
  key: string;
  request: Request;
  /** By this machine's clock, in ms. */
  sentAt: number;
  prediction: Prediction | null;
  problem: Problem | null;
  /** The network is gone and the answer still open. */
  isOffline: boolean;
  cancelAsked: boolean;
};

export type Change =
  | { type: "sent"; key: string; request: Request; at: number }
  | { type: "offline"; key: string }
  | { type: "accepted"; key: string; prediction: Prediction }
  | { type: "refused"; key: string; problem: Problem }
  | { type: "loaded"; predictions: Prediction[] }
  | { type: "older"; predictions: Prediction[] }
  | { type: "seen"; predictions: Prediction[] }
  | { type: "cancelAsked"; key: string }
  | { type: "cancelRefused"; id: string }
  | { type: "removed"; key: string };

export function jobOf(prediction: Prediction): Job {
  const { version, input, tool, parent_image_id: parent } = prediction;
  const model = version ? `${prediction.model}:${version}` : prediction.model;
  return {
    key: prediction.id,
    request: { model, input, ...(tool ? { tool } : {}), ...(parent ? { parent } : {}) },
    sentAt: Date.parse(prediction.created_at),
    prediction,
    problem: null,
    isOffline: false,
    cancelAsked: false,
  };
}

/** What was asked for, in words. */
export function describeJob({ request, prediction }: Job): string {
  const subject = prediction?.images[0]?.subject ?? null;
  return describe({ prompt: promptOf(request.input), tool: request.tool ?? null, subject });
}

/** The feed after a change, newest first. */
export function jobsReducer(jobs: Job[], change: Change): Job[] {
  switch (change.type) {
    case "sent":
      return [sent(change), ...jobs.filter((job) => job.key !== change.key)];
    case "offline":
      return edit(jobs, change.key, { isOffline: true });
    case "accepted": {
      const { key, prediction } = change;
      const job = jobs.find((known) => known.key === key);
      const others = jobs.filter((known) => known !== job && !isOf(known, prediction));
      return job ? insert(others, { ...job, prediction, isOffline: false }) : others;
    }
    case "refused":
      return edit(jobs, change.key, { problem: change.problem, isOffline: false });
    case "cancelAsked":
      return edit(jobs, change.key, { cancelAsked: true });
    case "cancelRefused":
      return jobs.map((job) => (job.prediction?.id === change.id ? { ...job, cancelAsked: false } : job));
    case "removed":
      return jobs.filter((job) => job.key !== change.key);
    case "loaded":
      return load(jobs, change.predictions);
    case "older":
      return [...jobs, ...change.predictions.filter((older) => !jobs.some((job) => isOf(job, older))).map(jobOf)];
    case "seen":
      return see(jobs, change.predictions);
  }
}

/** Of two states of one prediction the later one, in whatever order their answers arrived. */
export function later(known: Prediction, heard: Prediction) {
  return step(heard) < step(known) ? known : heard;
}

function see(jobs: Job[], predictions: Prediction[]) {
  const byId = new Map(predictions.map((prediction) => [prediction.id, prediction]));
  const known = new Set(jobs.map((job) => job.prediction?.id));
  // While an answer is open, an unknown prediction may be the one it will name.
  const isAnswerOpen = jobs.some((job) => !job.prediction && !job.problem);
  const started = isAnswerOpen ? [] : predictions.filter(({ id }) => !known.has(id)).map(jobOf);
  const updated = jobs.map((job) => {
    const heard = job.prediction && byId.get(job.prediction.id);
    return job.prediction && heard ? { ...job, prediction: later(job.prediction, heard) } : job;
  });
  return started.reduce(insert, updated);
}

/** Puts it where it belongs by its time, the newest first. */
function insert(jobs: Job[], job: Job) {
  const at = jobs.findIndex((other) => !isBefore(other, job));
  return jobs.toSpliced(at < 0 ? jobs.length : at, 0, job);
}

/** By the server's time and then the id where both are known there, as in its lists; else by when they were sent. */
function isBefore(one: Job, other: Job) {
  const [a, b] = [one.prediction, other.prediction];
  return a && b ? a.created_at + a.id > b.created_at + b.id : one.sentAt > other.sentAt;
}

/** The server's list in its order; before it what it does not know yet, after it what is on an older page. */
function load(jobs: Job[], predictions: Prediction[]) {
  const ids = new Set(predictions.map(({ id }) => id));
  const listed = predictions.map((prediction) => {
    const job = jobs.find((known) => known.prediction?.id === prediction.id);
    return job?.prediction ? { ...job, prediction: later(job.prediction, prediction) } : jobOf(prediction);
  });
  const unanswered = jobs.filter((job) => !job.prediction);
  const older = jobs.filter((job) => job.prediction && !ids.has(job.prediction.id));
  return [...unanswered, ...listed, ...older];
}

function isOf(job: Job, { id }: Prediction) {
  return job.prediction?.id === id;
}

function sent({ key, request, at }: Extract<Change, { type: "sent" }>): Job {
  return { key, request, sentAt: at, prediction: null, problem: null, isOffline: false, cancelAsked: false };
}

function edit(jobs: Job[], key: string, changes: Partial<Job>) {
  return jobs.map((job) => (job.key === key ? { ...job, ...changes } : job));
}

const order: Record<Status, number> = {
  queued: 0,
  starting: 1,
  processing: 2,
  succeeded: 4,
  failed: 4,
  canceled: 4,
  aborted: 4,
};

function step({ status, progress, saved_at, images }: Prediction) {
  return order[status] + (progress ?? 0) + (saved_at ? 100 : images.length);
}
