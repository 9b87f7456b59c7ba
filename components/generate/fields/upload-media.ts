import { readProblem } from "@/components/jobs/api";

/** As the server has it. */
const most = 10_000_000;

/** Keeps a file of the person's, so that a model can be given it by its path. In words why it could not be. */
export async function uploadMedia(file: File): Promise<{ path: string } | { problem: string }> {
  if (file.size > most) return { problem: "That image is larger than 10 MB. Choose a smaller one." };
  const headers = { "Content-Type": file.type || "application/octet-stream" };
  const response = await fetch("/api/uploads", { method: "POST", headers, body: file }).catch(() => null);
  if (!response) return { problem: "The image did not get through. Try again." };
  if (!response.ok) return { problem: (await readProblem(response)).detail };
  const body: unknown = await response.json().catch(() => null);
  const path = typeof body === "object" && body !== null && "url" in body ? body.url : null;
  return typeof path === "string" ? { path } : { problem: "The image did not get through. Try again." };
}
