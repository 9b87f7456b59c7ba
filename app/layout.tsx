import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import { LiveRegion } from "@/components/ui/live-region";
import { readTheme } from "@/components/shell/theme/theme";
import { productDescription, productName, themeColors } from "@/lib/config";
import { env } from "@/lib/env";
import { originOf } from "@/lib/security/origin";
import { fontVariables } from "./fonts/fonts";
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  // URLs in link previews must be absolute.
  const origin = env().APP_URL ?? originOf(await headers());
  const images = [
    { url: "/og.png", width: 1200, height: 630, alt: `${productName}: images from prompts, saved for good` },
  ];
  return {
    ...(origin && { metadataBase: new URL(origin) }),
    title: { default: productName, template: `%s · ${productName}` },
    description: productDescription,
    openGraph: { type: "website", siteName: productName, images },
    twitter: { card: "summary_large_image", images },
  };
}

export async function generateViewport(): Promise<Viewport> {
  const theme = await cookieTheme();
  const { dark, light } = themeColors;
  if (theme !== "system") return { viewportFit: "cover", themeColor: themeColors[theme] };
  return {
    viewportFit: "cover",
    themeColor: [
      { media: "(prefers-color-scheme: dark)", color: dark },
      { media: "(prefers-color-scheme: light)", color: light },
    ],
  };
}

export default async function RootLayout({ children }: LayoutProps<"/">) {
  return (
    <html lang="en" data-theme={await cookieTheme()} className={fontVariables}>
      <body className="font-sans text-sm leading-normal">
        {children}
        <LiveRegion />
      </body>
    </html>
  );
}

// The theme is read on the server, so that the first paint has the right colors, even without JavaScript.
async function cookieTheme() {
  return readTheme((await cookies()).get("theme")?.value);
}
