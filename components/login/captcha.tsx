"use client";

import { useEffect, useRef, useState } from "react";
import { captchaPages } from "@/lib/security/captcha-sources";
import type { CaptchaSettings, LoginState } from "./login-state";

type Widget = {
  render: (element: HTMLElement, options: object) => string;
  reset: (id: string) => void;
  remove: (id: string) => void;
};

declare global {
  var turnstile: Widget | undefined;
  var hcaptcha: Widget | undefined;
}

/** The scripts of the providers. Each defines a global variable with the provider's name. */
const scripts = {
  turnstile: "https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit",
  hcaptcha: "https://js.hcaptcha.com/1/api.js?render=explicit",
};

type CaptchaProps = NonNullable<CaptchaSettings> & {
  /** The last answer to the form. After each answer, the check starts again, because its token works only once. */
  answer?: LoginState;
};

/** The check that the user is not a robot. It puts its token into a hidden field of the form. */
export function Captcha({ provider, siteKey, answer }: CaptchaProps) {
  const place = useRef<HTMLDivElement>(null);
  const widget = useRef<{ api: Widget; id: string } | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const [hasFailed, setFailed] = useState(false);

  useEffect(() => {
    if (reloadIfBlocked()) return;
    let isGone = false;
    const setToken = (token: string) => {
      if (field.current) field.current.value = token;
    };
    loadWidget(provider)
      .then((api) => {
        if (isGone || !place.current) return;
        const id = api.render(place.current, {
          sitekey: siteKey,
          callback: setToken,
          "expired-callback": () => setToken(""),
          "error-callback": () => setFailed(true),
        });
        widget.current = { api, id };
      })
      .catch(() => setFailed(true));
    return () => {
      isGone = true;
      widget.current?.api.remove(widget.current.id);
      widget.current = null;
    };
  }, [provider, siteKey]);

  useEffect(() => {
    if (field.current) field.current.value = "";
    widget.current?.api.reset(widget.current.id);
  }, [answer]);

  return (
    <div className="mb-4">
      <input type="hidden" name="captcha" ref={field} defaultValue="" />
      <div ref={place} className="min-h-[65px]" />
      <noscript>
        <p className="text-[13px] text-danger">
          To sign in, turn on JavaScript. The check that you are not a robot needs it.
        </p>
      </noscript>
      {hasFailed ? (
        <p role="alert" className="text-[13px] text-pretty text-danger">
          The check that you are not a robot did not load. Turn off content blockers for this page, then reload it.
        </p>
      ) : null}
    </div>
  );
}

/**
 * If a link on another page of this app has opened this page, the browser has not loaded a new document. Then the content
 * security policy of that other page still applies, and blocks the check. In this case, this function reloads the page and
 * returns true.
 */
function reloadIfBlocked(): boolean {
  const [navigation] = performance.getEntriesByType("navigation");
  if (!navigation || captchaPages.has(new URL(navigation.name).pathname)) return false;
  location.reload();
  return true;
}

let loading: Promise<Widget> | undefined;

/** Loads the provider's script once. After a failure, the next call tries again. */
function loadWidget(provider: keyof typeof scripts): Promise<Widget> {
  loading ??= new Promise<Widget>((resolve, reject) => {
    const script = document.createElement("script");
    script.src = scripts[provider];
    script.onload = () => {
      const api = globalThis[provider];
      if (api) resolve(api);
      else reject(new Error("The script of the robot check is empty."));
    };
    script.onerror = () => reject(new Error("The script of the robot check did not load."));
    document.head.append(script);
  }).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}
