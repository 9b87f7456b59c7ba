import { expect, test } from "vitest";
import { isPrivateHost } from "@/lib/security/private-host";

test.each([
  "http://localhost:3000",
  "http://127.0.0.1:54321",
  "http://[::1]:54321",
  "http://[::ffff:127.0.0.1]",
  "http://[fd12:3456::1]",
  "http://[fe80::1]",
  "http://0.0.0.0",
  "http://10.1.2.3",
  "http://172.16.0.1",
  "http://172.31.255.1",
  "http://192.168.1.5:8000",
  "http://169.254.1.1",
  "http://2130706433",
  "http://kong:8000",
  "http://host.docker.internal:8000",
  "http://studio.local",
  "http://nas.home.arpa",
  "http://supabase.test",
  "http://100.64.0.1",
  "http://100.101.1.2:54321",
  "http://100.127.255.1",
  "https://studio.tail1234.ts.net",
])("%s is in a private network", (url) => {
  expect(isPrivateHost(url)).toBe(true);
});

test.each([
  "https://project.supabase.co",
  "https://supabase.example.com",
  "http://8.8.8.8",
  "http://172.32.0.1",
  "http://192.169.0.1",
  "http://11.0.0.1",
  "http://100.63.0.1",
  "http://100.128.0.1",
  "https://tests.net",
  "http://[2606:4700::1111]",
  "https://localhost.example.com",
  "https://10.example.com",
])("%s is on the internet", (url) => {
  expect(isPrivateHost(url)).toBe(false);
});
