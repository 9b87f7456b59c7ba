import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { Field } from "@/lib/models/inputs/fields";
import { flux, predictionOf } from "../fixtures";
import { bodiesOf, openStudio, prepareStudio, promptInput } from "../open-studio";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: () => {}, refresh: () => {} }) }));

const send = prepareStudio();

const SECRET = "sk-planted-7f3a9c";
const key: Field = { name: "openai_api_key", label: "OpenAI API key", kind: "secret", required: false, order: 20 };
const form = { model: "openai/gpt-image-1.5", fields: [...flux, key] };

const keyInput = () => screen.getByLabelText<HTMLInputElement>("OpenAI API key");
const generate = () => userEvent.click(screen.getByRole("button", { name: /Generate/ }));
const saved = () => Object.keys(localStorage).map((name) => localStorage.getItem(name));

test("a secret is masked and sent, and is not in the draft", async () => {
  const owner = openStudio(form);
  expect([keyInput().type, keyInput().autocomplete]).toEqual(["password", "new-password"]);
  await userEvent.type(promptInput(), "a fox");
  await userEvent.type(keyInput(), ` ${SECRET}`);
  await generate();
  expect(bodiesOf(send)).toMatchObject([{ input: { prompt: "a fox", openai_api_key: SECRET } }]);
  expect(saved().join()).toContain("a fox");
  expect(saved().join()).not.toContain(SECRET);
  cleanup();
  openStudio({ ...form, owner });
  expect([promptInput().value, keyInput().value]).toEqual(["a fox", ""]);
});

test("a list of secrets is sent as a list", async () => {
  openStudio({ ...form, fields: [...flux, { ...key, isList: true }] });
  await userEvent.type(promptInput(), "a fox");
  await userEvent.type(keyInput(), ` ${SECRET}  sk-other `);
  await generate();
  expect(bodiesOf(send)).toMatchObject([{ input: { openai_api_key: [SECRET, "sk-other"] } }]);
});

test("an empty secret is not sent", async () => {
  openStudio(form);
  await userEvent.type(promptInput(), "a fox");
  await generate();
  expect(JSON.stringify(bodiesOf(send))).not.toContain("openai_api_key");
});

test("after a rejection, the form keeps the secret, and running it again sends it again", async () => {
  openStudio(form);
  await userEvent.type(promptInput(), "a fox");
  await userEvent.type(keyInput(), SECRET);
  await generate();
  await userEvent.click(await screen.findByRole("button", { name: "Run again" }));
  const [first, again] = bodiesOf(send);
  expect(first).toMatchObject({ input: { openai_api_key: SECRET } });
  expect(again).toEqual(first);
  expect(keyInput().value).toBe(SECRET);
});

test("a card with a prediction has no secret any more", async () => {
  const input = { prompt: "a fox", openai_api_key: "[REDACTED]" };
  const failed = predictionOf({ status: "failed", error_code: "model_failed", input, model: form.model });
  send.mockImplementation(async (_address, init) =>
    init?.method === "POST" ? Response.json(failed, { status: 201 }) : Response.json({ results: [] }),
  );
  openStudio(form);
  await userEvent.type(promptInput(), "a fox");
  await userEvent.type(keyInput(), SECRET);
  await generate();
  await userEvent.click(await screen.findByRole("button", { name: "Run again" }));
  const posts = () =>
    send.mock.calls.filter(([, init]) => init?.method === "POST").map(([, init]) => String(init?.body));
  await waitFor(() => expect(posts()).toHaveLength(2));
  expect(posts()[1]).not.toContain(SECRET);
  // The second request has the other inputs, but no secret. The server then says that the secret is missing.
  expect(JSON.parse(posts()[1] ?? "")).toMatchObject({ input: { prompt: "a fox" } });
});

test("settings from elsewhere neither fill in a secret nor clear it", async () => {
  openStudio({ ...form, start: { prompt: "a fox", openai_api_key: "[REDACTED]" } });
  expect(keyInput().value).toBe("");
  await userEvent.type(keyInput(), SECRET);
  const [prompt] = within(screen.getByRole("region", { name: "Results" })).getAllByRole("button");
  await userEvent.click(prompt!);
  expect(promptInput().value).not.toBe("a fox");
  expect(keyInput().value).toBe(SECRET);
});
