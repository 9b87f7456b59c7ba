import { randomUUID } from "node:crypto";
import Replicate, { validateWebhook } from "replicate";
import { expect } from "vitest";
import { sql } from "../../support/sql";
import type { Stack } from "../../support/stack";
import type { User } from "../../support/users";
import type { Delivery } from "../../support/webhook-receiver";

type App = Pick<Stack, "env" | "appUrl">;

/** Inserts predictions that have ended. Each has three events: start, progress and completed. Returns the ids of the predictions. */
export async function insertEnded(stack: App, user: User, count: number, webhook: string): Promise<string[]> {
  const key = randomUUID();
  await sql(
    stack,
    `do $$ begin
       insert into predictions (user_id, idempotency_key, request_hash, model, input, next_at, webhook)
       select '${user.id}', '${key} ' || number, 'h', 'a/b', '{}', null, '${webhook}' from generate_series(1, ${count}) number;
       update predictions set status = 'processing', started_at = now() where idempotency_key like '${key}%';
       update predictions set status = 'succeeded', completed_at = now(), saved_at = now(), logs = 'done', output = '"text"'
       where idempotency_key like '${key}%';
     end $$`,
  );
  const rows = await sql<{ id: string }>(stack, `select id from predictions where idempotency_key like '${key}%'`);
  return rows.map(({ id }) => id);
}

/** Returns the kind of a delivered event. */
export const kindOf = ({ prediction: { status, logs } }: Delivery) =>
  status === "succeeded" ? "completed" : logs ? "progress" : "start";

/** For each prediction, returns the kinds of its events in the order of their first delivery. */
export function kindsOf(deliveries: Delivery[], ids: string[]) {
  const byId = Map.groupBy(deliveries, ({ prediction }) => prediction.id);
  return ids.map((id) => [...new Set((byId.get(id) ?? []).map(kindOf))].join());
}
export const ALL = "start,progress,completed";

/** Returns how many events of a user are still to be sent. */
export const countEvents = async (stack: App, { id }: User) =>
  (await sql<{ id: string }>(stack, `select id from webhook_events where user_id = '${id}'`)).length;

/** Replicate's official client, which sends its requests to the app. */
export const connectClient = (stack: App, { accessToken: auth }: User) =>
  new Replicate({ auth, baseUrl: `${stack.appUrl}/api/v1`, useFileOutput: false });
export const SDXL = "7762fd07cf82c948538e41f63f77d685e02b063e37e496e96eefd46c929f9bdc";

/** Expects that the official client accepts the signatures of all these webhooks of a user. */
export async function expectValid(stack: App, deliveries: Delivery[], user: User) {
  const { key: secret } = await connectClient(stack, user).webhooks.default.secret.get();
  const answers = await Promise.all(
    deliveries.map(({ headers, body }) => validateWebhook({ ...headers, body, secret })),
  );
  expect(answers.filter((isValid) => !isValid)).toEqual([]);
}
