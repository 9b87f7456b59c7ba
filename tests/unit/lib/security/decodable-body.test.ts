import { expect, test } from "vitest";
import { isDecodable } from "@/lib/security/decodable-body";

const text = "text/plain;charset=UTF-8";
const encode = (body: string) => new TextEncoder().encode(body);

async function encodeForm(fields: Record<string, string | Blob>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  const response = new Response(form);
  return { body: await response.bytes(), type: response.headers.get("content-type") ?? "" };
}

test.each([
  "[]",
  '["a","$$5","$undefined","$NaN","$-Infinity","$-0","$D2026-01-01","$n12"]',
  '[{"cursor":"x","filter":{"q":["a"]}}]',
])("the arguments %s can be decoded", async (body) => {
  expect(await isDecodable(encode(body), text, true)).toBe(true);
});

test.each([
  "",
  "{",
  "a=b",
  "{}",
  '"x"',
  '["$F1"]',
  '["$1"]',
  '["$@1"]',
  '["$Q1"]',
  '["$h1"]',
  '["$T"]',
  '["$undefined1"]',
  `["$n${"9".repeat(301)}"]`,
  '[{"then":"x"}]',
  '[{"a":[{"then":1}]}]',
  '[{"__proto__":{"a":1}}]',
  JSON.stringify(Array(101).fill(null)),
  "[".repeat(100_000),
])("the arguments %.40s are refused", async (body) => {
  expect(await isDecodable(encode(body), text, true)).toBe(false);
});

test("a form in an argument can be decoded, and so can its files", async () => {
  const { body, type } = await encodeForm({ _1_email: "$F1", _1_file: new Blob(["x"]), "0": '[null,"$K1"]' });
  expect(await isDecodable(body, type, true)).toBe(true);
});

test("a form that was sent without JavaScript can be decoded, with the state that it was drawn with", async () => {
  const state = { "$ACTION_1:0": '{"id":"a","bound":"$@1"}', "$ACTION_1:1": '[{"email":""}]', $ACTION_KEY: "k" };
  const { body, type } = await encodeForm({ $ACTION_REF_1: "", ...state, email: '{"then":1}' });
  expect(await isDecodable(body, type, false)).toBe(true);
});

test.each<Record<string, string | Blob>>([
  { "0": '["$F1"]' },
  { "0": '["$1"]' },
  { "0": '{"then":"x"}' },
  { "0": "x" },
  { "0": new Blob(["[]"]) },
  { "1": "[]" },
  { "$ACTION_1:0": '{"id":"a","bound":"$@1"}' },
  { "0": '["$1"]', "1": "[]" },
  { "0": '["$@1"]', "1": '"$1"' },
  { "0": '["$@1"]', "1": '["$@2"]', "2": '["$@1"]' },
  { "0": '["$@1"]', "01": "[]" },
  { "0": '["$@1"]', "$ACTION_1:1": "[]" },
  { "0": '["$a"]', "10": "[]" },
  { "0": '["$@10"]', "10": "[]" },
  { "0": "[]", "00": "[]" },
  { "0": "[]", "": "[]" },
  { "0": "[]", S0: "[]" },
])("a form with the parts %j is refused", async (parts) => {
  const { body, type } = await encodeForm(parts);
  expect(await isDecodable(body, type, true)).toBe(false);
});

test("an argument can refer to a part with a higher number, in hexadecimal", async () => {
  const { body, type } = await encodeForm({ "0": '["$@a"]', "10": "[]" });
  expect(await isDecodable(body, type, true)).toBe(true);
});

test("a form with two parts of one number is refused", async () => {
  const form = new FormData();
  for (const value of ["[]", "[1]"]) form.append("0", value);
  const response = new Response(form);
  const type = response.headers.get("content-type") ?? "";
  expect(await isDecodable(await response.bytes(), type, true)).toBe(false);
});

test("a form that is incomplete is refused", async () => {
  const { body, type } = await encodeForm({ email: "x" });
  expect(await isDecodable(body.slice(0, -20), type, false)).toBe(false);
  expect(await isDecodable(encode("garbage"), "multipart/form-data; boundary=x", false)).toBe(false);
});

test("another body that no action receives is not looked at", async () => {
  expect(await isDecodable(encode("a=b"), "application/x-www-form-urlencoded", false)).toBe(true);
});
