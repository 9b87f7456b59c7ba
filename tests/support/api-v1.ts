import Replicate from "replicate";
import type { User } from "./users";

type App = { appUrl: string };

/** Returns Replicate's official client. It sends its requests to the app's own `/api/v1`, with the access token of this user. */
export function connectReplicate({ appUrl }: App, { accessToken }: Pick<User, "accessToken">, options = {}): Replicate {
  return new Replicate({ auth: accessToken, baseUrl: `${appUrl}/api/v1`, ...options });
}

/** Returns a function that sends a request to the app's `/api/v1` as this user. */
export function askApiV1({ appUrl }: App, { bearer }: Pick<User, "bearer">) {
  return (path: string, { body, headers = {}, ...init }: Omit<RequestInit, "body"> & { body?: object } = {}) =>
    fetch(`${appUrl}/api/v1${path}`, {
      ...init,
      ...(body && { method: "POST", body: JSON.stringify(body) }),
      headers: { ...bearer, "content-type": "application/json", ...Object.fromEntries(new Headers(headers)) },
    });
}

/** The id of the SDXL version that is the default model. */
export const SDXL = "7762fd07cf82c948538e41f63f77d685e02b063e37e496e96eefd46c929f9bdc";

/** Returns the input of a run of SDXL that takes only a few hundred milliseconds. */
export function quickInput(prompt: string, more: object = {}) {
  return { prompt, width: 256, height: 256, num_inference_steps: 1, ...more };
}
