import { randomUUID } from "node:crypto";
import Replicate from "replicate";
import { vi } from "vitest";
import { SDXL } from "./api-v1";

/** Trains a private model in the installation's own Replicate account. Returns its name and the id of its version. */
export async function trainPrivateModel({ env }: { env: Record<string, string> }) {
  const replicate = new Replicate({ auth: env.REPLICATE_API_TOKEN, baseUrl: env.REPLICATE_API_BASE_URL });
  const name = `private-${randomUUID()}`;
  await replicate.models.create("sandbox", name, { visibility: "private", hardware: "gpu-t4" });
  const { id } = await replicate.trainings.create("stability-ai", "sdxl", SDXL, {
    destination: `sandbox/${name}`,
    input: { max_train_steps: 10 },
  });
  const requireTrained = async () => {
    const { status } = await replicate.trainings.get(id);
    if (status !== "succeeded") throw new Error(`The training is ${status}.`);
  };
  await vi.waitFor(requireTrained, { timeout: 30_000, interval: 200 });
  const { latest_version: latest } = await replicate.models.get("sandbox", name);
  return { model: `sandbox/${name}` as const, version: latest?.id ?? "" };
}
