"use client";

import { useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { Button } from "@/components/ui/button";
import { announce } from "@/components/ui/live-region";

const words = "You are offline. This opens when the network is back.";

/**
 * Keeps the person on the page while there is no network, where the browser would show an error of its own, and goes on
 * to where they wanted to when it is back.
 */
export function HeldLink() {
  const [held, setHeld] = useState<{ go: () => void } | null>(null);

  useEffect(() => {
    let isNear = false;
    const isOffline = () => !navigator.onLine && !isNear;
    const onOffline = () => {
      isNear = false;
    };
    async function hold(go: () => void) {
      isNear = await isServerNear();
      if (isNear || navigator.onLine) return go();
      setHeld({ go });
      announce(words);
    }
    function onClick(event: MouseEvent) {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (!isOffline() || !link || !isPlain(event) || !leadsAway(link)) return;
      event.preventDefault();
      event.stopPropagation();
      void hold(() => (link.isConnected ? link.click() : window.location.assign(link.href)));
    }
    // Where a button leads to a page, Next has the browser go there when it could not fetch it.
    function onNavigate(event: NavigateEvent) {
      const { navigationType, destination, downloadRequest } = event;
      const isNew = navigationType === "push" || navigationType === "replace";
      if (!isOffline() || !isNew || destination.sameDocument || downloadRequest !== null) return;
      event.preventDefault();
      // Next leaves while it draws, and then draws nothing more until it is shown again, as out of the browser's cache.
      setTimeout(() => {
        window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
        void hold(() => window.location.assign(destination.url));
      });
    }
    const { navigation } = "navigation" in window ? window : { navigation: null };
    // Before React, whose links would ask the server.
    window.addEventListener("click", onClick, { capture: true });
    window.addEventListener("offline", onOffline);
    navigation?.addEventListener("navigate", onNavigate);
    return () => {
      window.removeEventListener("click", onClick, { capture: true });
      window.removeEventListener("offline", onOffline);
      navigation?.removeEventListener("navigate", onNavigate);
    };
  }, []);

  useEffect(() => {
    if (!held) return;
    const goOn = () => {
      setHeld(null);
      held.go();
    };
    window.addEventListener("online", goOn);
    return () => window.removeEventListener("online", goOn);
  }, [held]);

  if (!held) return null;
  return createPortal(
    <div className="pointer-events-none fixed inset-x-4 bottom-[calc(72px+env(safe-area-inset-bottom))] z-30 flex justify-center md:bottom-6">
      <div className="pointer-events-auto flex animate-rise items-center gap-4 rounded border bg-surface py-1.5 pr-1.5 pl-4 text-[13px] shadow-float">
        <p>{words}</p>
        <Button size="sm" onClick={() => setHeld(null)}>
          Stay here
        </Button>
      </div>
    </div>,
    // What lies outside a modal dialog can be neither seen nor used.
    document.querySelector("dialog:modal") ?? document.body,
  );
}

/** Whether the server answers though there is no network: it may run on this machine. */
function isServerNear() {
  return fetch("/api/health", { method: "HEAD", cache: "no-store" }).then(
    () => true,
    () => false,
  );
}

function isPlain({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent) {
  return button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey;
}

/** To another page of ours, in this tab. Images open in the page. */
function leadsAway(link: HTMLAnchorElement) {
  const isHere = link.pathname + link.search === window.location.pathname + window.location.search;
  const isPage = link.origin === window.location.origin && !link.pathname.startsWith("/api/");
  return isPage && !link.target && !link.hasAttribute("download") && !(isHere && link.hash);
}
