import type { Prediction } from "@/lib/predictions/schema";
import { isInFeed } from "@/lib/predictions/status";
import type { Problem } from "./read-response";
import { type GenerateRequest, type Job, jobOf, newJob } from "./job";

export type JobAction =
  | { type: "sent"; key: string; request: GenerateRequest; at: number }
  | { type: "offline"; key: string }
  | { type: "accepted"; key: string; prediction: Prediction; isReused: boolean }
  | { type: "rejected"; key: string; problem: Problem }
  /** The first page of the server's list, newest first. */
  | { type: "loaded"; predictions: Prediction[] }
  /** The next page of the server's list. */
  | { type: "older"; predictions: Prediction[] }
  /** New states of known predictions, or predictions that were started in another tab or on another device. */
  | { type: "seen"; predictions: Prediction[] }
  | { type: "cancelAsked"; key: string }
  | { type: "cancelRejected"; id: string }
  | { type: "removed"; key: string };

/** Returns the jobs of a feed after an action, newest first. */
export function jobsReducer(jobs: Job[], action: JobAction): Job[] {
  switch (action.type) {
    case "sent": {
      const { key, request, at } = action;
      return [newJob(key, request, at), ...jobs.filter((known) => known.key !== key)];
    }
    case "offline":
      return update(jobs, action.key, { isOffline: true });
    case "accepted":
      return accept(jobs, action);
    case "rejected":
      return update(jobs, action.key, { problem: action.problem, isOffline: false });
    case "cancelAsked":
      return update(jobs, action.key, { cancelAsked: true });
    case "cancelRejected":
      return jobs.map((job) => (job.prediction?.id === action.id ? { ...job, cancelAsked: false } : job));
    case "removed":
      return jobs.filter(({ key }) => key !== action.key);
    case "loaded":
      return load(jobs, action.predictions);
    case "older":
      return [...jobs, ...action.predictions.filter((prediction) => !findJob(jobs, prediction)).map(jobOf)];
    case "seen":
      return see(jobs, action.predictions);
  }
}

/** Returns the newer of two states of a prediction. The states may arrive in any order. */
export function newerOf(known: Prediction, received: Prediction) {
  return received.revision < known.revision ? known : received;
}

type Accepted = Extract<JobAction, { type: "accepted" }>;

function accept(jobs: Job[], { key, prediction, isReused }: Accepted) {
  const job = jobs.find((known) => known.key === key);
  const others = jobs.filter((known) => known !== job && known.prediction?.id !== prediction.id);
  if (!job) return others;
  const { secrets: _secrets, ...request } = job.request;
  return insert(others, { ...job, request, prediction, isReused, isOffline: false });
}

/**
 * Updates and sorts the jobs: first those without a prediction, then the predictions of the server's list, then all others, which
 * are older.
 */
function load(jobs: Job[], predictions: Prediction[]) {
  const ids = new Set(predictions.map(({ id }) => id));
  const listed = predictions.map((prediction) => {
    const job = findJob(jobs, prediction);
    return job?.prediction ? { ...job, prediction: newerOf(job.prediction, prediction) } : jobOf(prediction);
  });
  const withoutPrediction = jobs.filter((job) => !job.prediction);
  const older = jobs.filter((job) => job.prediction && !ids.has(job.prediction.id));
  return [...withoutPrediction, ...listed, ...older];
}

function see(jobs: Job[], predictions: Prediction[]) {
  const byId = new Map(predictions.map((prediction) => [prediction.id, prediction]));
  const updated = jobs.map((job) => {
    const received = job.prediction && byId.get(job.prediction.id);
    return job.prediction && received ? { ...job, prediction: newerOf(job.prediction, received) } : job;
  });
  // While a request waits for its response, an unknown prediction may be the one that the request has started. So no card is
  // added for this prediction.
  if (jobs.some((job) => !job.prediction && !job.problem)) return updated;
  const started = predictions.filter((prediction) => isInFeed(prediction) && !findJob(jobs, prediction));
  return started.map(jobOf).reduce(insert, updated);
}

function findJob(jobs: Job[], { id }: Prediction) {
  return jobs.find((job) => job.prediction?.id === id);
}

function update(jobs: Job[], key: string, changes: Partial<Job>) {
  return jobs.map((job) => (job.key === key ? { ...job, ...changes } : job));
}

function insert(jobs: Job[], job: Job) {
  const index = jobs.findIndex((other) => !isNewer(other, job));
  return jobs.toSpliced(index < 0 ? jobs.length : index, 0, job);
}

/**
 * Whether `one` is newer than `other`. Predictions are compared as in the server's lists: by time, then by id. If one of the jobs
 * has no prediction, the times of sending are compared.
 */
function isNewer(one: Job, other: Job) {
  const [a, b] = [one.prediction, other.prediction];
  return a && b ? a.created_at + a.id > b.created_at + b.id : one.sentAt > other.sentAt;
}
