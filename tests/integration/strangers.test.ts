import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import { apiOf } from "../support/api";
import { createUser } from "../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const api = apiOf(stack, user);
const unknown = randomUUID();
const body = JSON.stringify({ input: { prompt: "not mine to make" } });

test("whoever is not signed in gets nothing", async () => {
  for (const [method, path] of [
    ["POST", "/api/replicate"],
    ["GET", "/api/replicate"],
    ["GET", `/api/replicate/${unknown}`],
    ["DELETE", `/api/replicate/${unknown}`],
  ] as const) {
    for (const authorization of [undefined, "Bearer x.y.z"]) {
      const answer = await fetch(new URL(path, stack.appUrl), {
        method,
        ...(method === "POST" && { body }),
        headers: { origin: stack.appUrl, "content-type": "application/json", ...(authorization && { authorization }) },
      });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ type: "unauthenticated" });
    }
  }
});

test("other sites cannot use the session", async () => {
  const send = (headers: Record<string, string>) =>
    fetch(new URL("/api/replicate", stack.appUrl), {
      method: "POST",
      body,
      headers: { "content-type": "application/json", ...user.cookie, ...headers },
    });
  for (const headers of [
    {},
    { origin: "https://evil.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { origin: stack.appUrl, "sec-fetch-site": "cross-site" },
    { origin: stack.appUrl, "sec-fetch-site": "same-site" },
  ] as Record<string, string>[]) {
    const answer = await send(headers);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ type: "forbidden_origin" });
  }
  expect((await send({ origin: stack.appUrl, "sec-fetch-site": "same-origin" })).status).toBe(201);
});

test("somebody else's prediction and picture look like unknown ones", async () => {
  const other = apiOf(stack, await createUser(stack));
  const { id, images } = await other.saved((await other.create({ prompt: "mine alone", num_inference_steps: 5 })).id);
  const answerTo = async (path: string, init?: RequestInit) => {
    const answer = await api.ask(path, init);
    return { ...((await answer.json()) as object), request_id: null, status: answer.status };
  };
  expect(await answerTo(`/api/replicate/${id}`)).toEqual(await answerTo(`/api/replicate/${unknown}`));
  expect(await answerTo(`/api/replicate/${id}`, { method: "DELETE" })).toEqual(
    await answerTo(`/api/replicate/${unknown}`, { method: "DELETE" }),
  );
  expect(await answerTo(images[0]?.url ?? "")).toEqual(await answerTo(`/api/images/${unknown}`));
  for (const authorization of ["", "Bearer x.y.z"]) {
    const anonymous = await fetch(new URL(images[0]?.url ?? "", stack.appUrl), { headers: { authorization } });
    expect(anonymous.status).toBe(404);
  }
});
