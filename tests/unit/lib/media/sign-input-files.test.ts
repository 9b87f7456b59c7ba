import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { startFileServer } from "@/tests/support/file-server";
import { stubSettings } from "../stub-settings";

afterEach(() => void vi.unstubAllEnvs());

const id = "0195f2a8-0000-7000-8000-00000000000a";
const owner = "0195f2a8-0000-7000-8000-000000000002";

/** Signs the URL of an image that has a row. Storage responds with this status and this body. */
async function signing(status: number, answer: object) {
  const server = await startFileServer((request, response) => {
    const isRow = request.url?.startsWith("/rest/");
    const body = isRow ? [{ storage_path: `${owner}/p/0.png`, content_type: "image/png", bytes: 9 }] : answer;
    response.writeHead(isRow ? 200 : status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  onTestFinished(() => server.close());
  vi.resetModules();
  stubSettings({ NEXT_PUBLIC_SUPABASE_URL: server.origin, REPLICATE_API_BASE_URL: "http://127.0.0.1:1/v1" });
  const { signInputFiles } = await import("@/lib/media/input-files");
  return signInputFiles({ prompt: "larger", image: `/api/media/${id}` }, owner);
}

const notFound = (message: string) => ({ statusCode: "404", error: "not_found", message });

test("an image is sent as a URL that storage has signed", async () => {
  const signed = await signing(200, { signedURL: "/object/sign/images/0.png?token=t" });
  expect(signed).toMatchObject({ prompt: "larger", image: expect.stringMatching(/^http:.*\/0\.png\?token=t$/) });
});

test("an image without a file in storage counts as deleted", async () => {
  await expect(signing(400, notFound("Object not found"))).rejects.toMatchObject({ code: "not_found" });
});

test.each([
  ["has lost its bucket", 400, notFound("Bucket not found")],
  ["does not answer", 503, { message: "Slow down" }],
])("while storage %s, signing can be tried again", async (_what, status, answer) => {
  await expect(signing(status, answer)).rejects.toMatchObject({ code: "db_unavailable" });
});
