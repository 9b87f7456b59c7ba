import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ContentPage } from "@/components/shell/content-page";
import { readContent } from "@/lib/content";

export const metadata: Metadata = { title: "Terms" };

export default async function TermsPage() {
  return <ContentPage text={(await readContent("terms")) ?? notFound()} />;
}
