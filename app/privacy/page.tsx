import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ContentPage } from "@/components/shell/content-page";
import { readContent } from "@/lib/content";

export const metadata: Metadata = { title: "Privacy" };

export default async function PrivacyPage() {
  return <ContentPage text={(await readContent("privacy")) ?? notFound()} />;
}
