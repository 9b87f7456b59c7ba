import { expect, test, vi } from "vitest";
import { POST } from "@/app/api/uploads/route";

vi.mock("@/lib/auth", () => ({ requireUser: async () => ({ id: "a" }), requireReader: () => {} }));
vi.mock("@/lib/limits/request-limits", () => ({ withUploadSlot: (_: string, save: () => unknown) => save() }));
vi.mock("@/lib/media/uploads/rows", () => ({ listUploads: () => {}, serializeUpload: () => {} }));
vi.mock("@/lib/media/uploads/save-upload", () => ({ saveBytes: () => {} }));

test("a file that is too large for one request is refused with what to do instead", async () => {
  const request = new Request("http://localhost/api/uploads", { method: "POST", body: new Uint8Array(12_000_000) });
  const response = await POST(request, {});
  expect(response.status).toBe(413);
  const detail = "The request body is larger than 10 MB. Send larger files with POST /api/uploads/signed.";
  expect(await response.json()).toMatchObject({ detail });
});
