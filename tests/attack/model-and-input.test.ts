import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createApi } from "../support/api";
import { sql } from "../support/sql";
import { fillGallery } from "../support/seed";
import { createUser } from "../support/users";
import { sendRequest, parseBody, stack, type AppRequest } from "./support/send-request";
import { findNewestImage } from "./support/seed";
import { attack } from "./support/attack-table";

const user = await createUser(stack);
const other = await createUser(stack);
await fillGallery(stack, other, 1);
const theirs = await findNewestImage(other);
const submit = (body: object | string): AppRequest => ({
  path: "/api/replicate",
  method: "POST",
  as: user,
  headers: { "content-type": "application/json" },
  body: typeof body === "string" ? body : JSON.stringify(body),
});
const input = (value: object): AppRequest => submit({ input: value });
const prompt = (value: unknown): AppRequest => input({ prompt: value });
const each = (name: string, values: unknown[]): AppRequest[] =>
  values.map((value) => input({ prompt: "x", [name]: value }));
const model = (name: unknown): AppRequest => submit({ model: name, input: { prompt: "x" } });
const file = (image: unknown): AppRequest => submit({ model: "nightmareai/real-esrgan", input: { image } });

const invalid = { status: 422, type: "invalid_input" };
const unknownModel = { status: 422, type: "unknown_model" };

attack({
  "a prompt of another type": [[1, true, null, ["x"], { text: "x" }].map(prompt), invalid],
  "a count of another type": [each("num_outputs", ["4", 1.5, -1, 0, [1], {}, true]), invalid],
  "numbers that are too large": [
    ["1e999", "-1e999", "1e-999999", "9".repeat(400)].map((text) =>
      submit(`{"input":{"prompt":"x","num_outputs":${text}}}`),
    ),
    invalid,
  ],
  NaN: [submit('{"input":{"prompt":"x","num_outputs":NaN}}'), { status: 400, type: "invalid_json" }],
  "an input of another type": [[null, 1, "x", []].map((value) => submit({ input: value })), invalid],
  "no input": [submit({}), invalid],
  "a thousand images": [each("num_outputs", [5, 1000, 2 ** 53]), invalid],
  "a very large image": [[...each("width", [100_000, 2049, 0, -512]), ...each("height", [100_000, 2049])], invalid],
  "a million steps": [each("num_inference_steps", [1_000_000, 501, 0]), invalid],
  "no prompt, a blank one, one of invisible characters": [
    [input({}), ...["", " ", "\t\n", "\u200b", "\u2060\ufeff", "\u00ad \u200d"].map(prompt)],
    invalid,
  ],
  "a prompt that is one code point too long": [["x".repeat(10_001), "\u{1f3de}".repeat(10_001)].map(prompt), invalid],
  "an unknown input": [each("promt", ["y"]), invalid],
  "an invalid choice": [each("scheduler", ["FAST", "", 1, ["DDIM"]]), invalid],
  "ten thousand unknown inputs": [
    input(Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`k${index}`, 1]))),
    invalid,
  ],
  "an unknown model or version": [[model("unknown/model"), model(`stability-ai/sdxl:${"0".repeat(64)}`)], unknownModel],
  "a model name with path traversal": [
    [
      "../../account",
      "a/b?x#",
      "a/../b",
      "..%2f..%2faccount",
      "a/b/c",
      "/a/b",
      "a//b",
      "./b",
      "a/..",
      "a/b:latest",
      "a",
      "",
      " a/b",
      "a/b\n",
      "\u0430/b",
      "a\\b",
    ].map(model),
    { status: 422 },
  ],
  "a model of another type, or a very long name": [[1, null, ["a/b"], "a/".repeat(500)].map(model), invalid],
  "a parent or a tool of another type": [
    [{ parent: "x" }, { parent: 1 }, { tool: 1 }, { tool: "t".repeat(51) }].map((more) =>
      submit({ input: { prompt: "x" }, ...more }),
    ),
    invalid,
  ],
  "a data URI of 9 MB": [
    file(`data:image/png;base64,${"A".repeat(9_000_000)}`),
    { status: 413, type: "payload_too_large" },
  ],
  "a small data URI, vector or bitmap": [
    ["data:image/svg+xml;base64,PHN2Zy8+", "data:image/png;base64,iVBORw0KGgo=", "data:text/html,<script>"].map(file),
    invalid,
  ],
  "another user's image": [[theirs, `/api/media/${theirs}`, randomUUID()].map(file), invalid],
  "a file of another site or of the server": [
    [
      "https://evil.example/x.png",
      "http://127.0.0.1:1/x.png",
      "file:///etc/passwd",
      "//evil.example/x",
      "/api/media/../replicate",
      "/api/media/x",
      "gs://bucket/x",
      1,
      null,
    ].map(file),
    invalid,
  ],
});

test("each wrong field is named", async () => {
  const answer = await sendRequest(input({ prompt: "x", num_outputs: 9, width: "wide", colour: "red" }));
  const fields = parseBody(answer).invalid_fields as { field: string; description: string }[];
  expect(fields.map(({ field }) => field).sort()).toEqual(["input", "input.num_outputs", "input.width"]);
  expect(fields.find(({ field }) => field === "input")?.description).toContain("colour");
});

test("text with any direction, joiners and combining marks is saved unchanged", async () => {
  const words =
    "\u202egnp.exe \u05d0\u05d1 \u{1f469}\u200d\u{1f680} z\u0351\u0352\u0353 caf\u00e9 \u2066x\u2069 [slow]";
  const api = createApi(stack, user);
  const made = await api.create({ prompt: words, num_inference_steps: 1 });
  expect(made.input.prompt).toBe(words);
  const [row] = await sql<{ prompt: string }>(
    stack,
    `select input->>'prompt' as prompt from predictions where id = '${made.id}'`,
  );
  expect(row?.prompt).toBe(words);
  await api.ask(`/api/replicate/${made.id}`, { method: "DELETE" });
  await api.ended(made.id);
});
