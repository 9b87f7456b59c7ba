import { createReplicate } from "@ai-sdk/replicate";
import { APICallError, generateImage } from "ai";
import sharp from "sharp";
import { expect, inject, test } from "vitest";
import { SDXL } from "../../support/api-v1";
import { IMAGES } from "../../support/images";
import { makeKey } from "../../support/keys";
import { createUser } from "../../support/users";

const stack = inject("stack");
const { key } = await makeKey(stack, await createUser(stack));
const provider = createReplicate({ apiToken: key, baseURL: `${stack.appUrl}/api/v1` });
const quick = { width: 256, height: 256, num_inference_steps: 1 };

async function sizeOf(bytes: Uint8Array) {
  const { width, height } = await sharp(bytes).metadata();
  return [width, height];
}

test("generateImage of the AI SDK makes an image with the name of a model", async () => {
  const model = provider.image("black-forest-labs/flux-schnell");
  const { image, warnings } = await generateImage({ model, prompt: "a heron", aspectRatio: "1:1", maxRetries: 0 });
  expect([image.mediaType, warnings]).toEqual(["image/webp", []]);
  expect(await sizeOf(image.uint8Array)).toEqual([1024, 1024]);
});

test("generateImage makes an image from an image with a version of a model", async () => {
  const model = provider.image(`stability-ai/sdxl:${SDXL}`);
  const images = [await IMAGES["plain PNG"].make().toBuffer()];
  const prompt = { text: "a heron in the fog", images };
  const { image } = await generateImage({ model, prompt, providerOptions: { replicate: quick }, maxRetries: 0 });
  expect([image.mediaType, ...(await sizeOf(image.uint8Array))]).toEqual(["image/png", 256, 256]);
});

test("the AI SDK tells why a request was refused", async () => {
  const model = provider.image("nobody/nothing");
  const refused = await generateImage({ model, prompt: "a heron", maxRetries: 0 }).catch((error: unknown) => error);
  expect(APICallError.isInstance(refused) && [refused.statusCode, refused.message]).toEqual([
    404,
    "The requested resource could not be found.",
  ]);
});
