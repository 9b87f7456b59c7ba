import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { startFileServer } from "@/tests/support/file-server";
import { stubSettings } from "../settings";

afterEach(() => void vi.unstubAllEnvs());

const id = "0195f2a8-0000-7000-8000-00000000000a";
const owner = "0195f2a8-0000-7000-8000-000000000002";

/** What becomes of an image whose row is there when storage gives this answer to whoever wants its address signed. */
async function signing(status: number, answer: object) {
  const server = await startFileServer((request, response) => {
    const isRow = request.url?.startsWith("/rest/");
    const body = isRow ? [{ storage_path: `${owner}/p/0.png` }] : answer;
    response.writeHead(isRow ? 200 : status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  onTestFinished(() => server.close());
  vi.resetModules();
  stubSettings({ NEXT_PUBLIC_SUPABASE_URL: server.origin });
  const { signFiles } = await import("@/lib/media/sign-inputs");
  return signFiles({ prompt: "larger", image: `/api/media/${id}` }, owner);
}

const told = (message: string) => ({ statusCode: "404", error: "not_found", message });

test("an image is given as an address that its storage has signed", async () => {
  const signed = await signing(200, { signedURL: "/object/sign/images/0.png?token=t" });
  expect(signed).toMatchObject({ prompt: "larger", image: expect.stringMatching(/^http:.*\/0\.png\?token=t$/) });
});

test("one whose file is gone is gone, as if its row were: waiting would not bring it back", async () => {
  await expect(signing(400, told("Object not found"))).rejects.toMatchObject({ code: "not_found" });
});

test.each([
  ["has lost its bucket", 400, told("Bucket not found")],
  ["does not answer", 503, { message: "Slow down" }],
])("while storage %s, nothing is known of the image", async (_what, status, answer) => {
  await expect(signing(status, answer)).rejects.toMatchObject({ code: "db_unavailable" });
});
