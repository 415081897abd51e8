/**
 * For each language, a program that calls the snippet. A line of input contains the secret, the body, and the headers'
 * names and values, each in base64 and separated by tabs; a line of output is `true` or `false`. Headers are passed in
 * the way of the servers that the guide names.
 */
export const NODE = `import { createInterface } from 'node:readline';
import { verify } from './verify.mjs';

for await (const line of createInterface({ input: process.stdin })) {
  const [secret, body, ...named] = line.split('\\t').map((text) => Buffer.from(text, 'base64'));
  const headers = {};
  for (let i = 0; i < named.length; i += 2) headers[String(named[i]).toLowerCase()] = String(named[i + 1]);
  console.log(verify(headers, body, String(secret)));
}
`;

export const PYTHON = `import base64
import sys
from email.message import Message

from verify import verify

for line in sys.stdin:
    secret, body, *named = [base64.b64decode(text) for text in line.rstrip("\\n").split("\\t")]
    headers = Message()  # finds a header whatever its case, as the servers' do
    for name, value in zip(named[::2], named[1::2]):
        headers[name.decode()] = value.decode()
    print(verify(headers, body, secret.decode()))
`;

export const PHP = `<?php
require 'verify.php';

while (($line = fgets(STDIN)) !== false) {
    $parts = array_map('base64_decode', explode("\\t", rtrim($line, "\\n")));
    $server = [];
    for ($i = 2; $i + 1 < count($parts); $i += 2) {
        $server['HTTP_' . strtoupper(str_replace('-', '_', $parts[$i]))] = $parts[$i + 1];
    }
    echo verify($server, $parts[1], $parts[0]) ? "true\\n" : "false\\n";
}
`;

export const RUBY = `require_relative "verify"

$stdin.each_line(chomp: true) do |line|
  secret, body, *named = line.split("\\t").map { |text| text.unpack1("m") }
  env = named.each_slice(2).to_h { |name, value| ["HTTP_" + name.upcase.tr("-", "_"), value] }
  puts verify(env, body, secret)
end
`;

export const GO = `package main

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"os"
	"strings"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var parts []string
		for _, text := range strings.Split(lines.Text(), "\\t") {
			part, _ := base64.StdEncoding.DecodeString(text)
			parts = append(parts, string(part))
		}
		headers := map[string]string{}
		for i := 2; i+1 < len(parts); i += 2 {
			headers[strings.ToLower(parts[i])] = parts[i+1]
		}
		header := func(name string) string { return headers[strings.ToLower(name)] }
		fmt.Println(Verify(header, []byte(parts[1]), parts[0]))
	}
}
`;

/** A program in one file: the class to run comes first, after the snippet's imports. */
export function javaWith(snippet: string): string {
  const begin = snippet.indexOf('public final class');
  const imports = snippet.slice(0, begin);
  return `${imports}
class Ask {
    public static void main(String[] none) throws Exception {
        var lines = new java.io.BufferedReader(new java.io.InputStreamReader(System.in));
        for (String line; (line = lines.readLine()) != null; ) {
            byte[][] parts = java.util.Arrays.stream(line.split("\\t"))
                .map(java.util.Base64.getDecoder()::decode).toArray(byte[][]::new);
            var headers = new java.util.TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            for (int i = 2; i + 1 < parts.length; i += 2) {
                headers.put(new String(parts[i], UTF_8), new String(parts[i + 1], UTF_8));
            }
            System.out.println(WebhookSignature.verify(headers::get, parts[1], new String(parts[0], UTF_8)));
        }
    }
}

${snippet.slice(begin).replace('public final', 'final')}`;
}

export const CSHARP = `using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

for (string? line; (line = Console.ReadLine()) != null;)
{
    var parts = line.Split('\\t').Select(Convert.FromBase64String).ToArray();
    var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
    for (var i = 2; i + 1 < parts.Length; i += 2)
    {
        headers[Encoding.UTF8.GetString(parts[i])] = Encoding.UTF8.GetString(parts[i + 1]);
    }
    Console.WriteLine(WebhookSignature.Verify(
        name => headers.GetValueOrDefault(name), parts[1], Encoding.UTF8.GetString(parts[0])));
}
`;

export const CSHARP_PROJECT = `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net$(BundledNETCoreAppTargetFrameworkVersion)</TargetFramework>
    <Nullable>enable</Nullable>
  </PropertyGroup>
</Project>
`;
