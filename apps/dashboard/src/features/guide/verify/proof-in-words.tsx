import type { ReactNode } from 'react';
import { Code } from '../../../ui/code.tsx';
import { Note } from '../../../ui/note.tsx';
import { type Language, LANGUAGES, snippetOf } from './languages.ts';
import type { Proof } from './proof-of.ts';
import { RulesOfScheme } from './rules-of-scheme.tsx';

const CREDENTIALS: Record<string, string> = {
  none: 'This webhook proves nothing: whoever knows the address can post to it. Choose “signature” for its authentication, or keep the address secret.',
  basic: 'Compare the name and the password in Authorization: Basic with yours, in constant time.',
  bearer: 'Compare the token in Authorization: Bearer with yours, in constant time.',
  oauth2: 'Check the access token in Authorization: Bearer as you do for your other clients.',
  form: 'Compare userName and password in the form with yours, in constant time.',
};

interface ProofInWordsProps {
  proof: Proof;
  webhookId: string | undefined;
  language: Language;
  /** The control that chooses the language. */
  chooser: ReactNode;
}

/** How a receiver recognises a request: the code, and the rules behind it. */
export function ProofInWords({ proof, webhookId, language, chooser }: ProofInWordsProps) {
  if (proof.kind === 'credentials') {
    return (
      <Note tone="calm" title="Its requests are not signed">
        <p>{CREDENTIALS[proof.type]}</p>
        {proof.type !== 'form' && proof.type !== 'none' && (
          <p>With “sign” in its authentication, formats that have a signature send it as well.</p>
        )}
      </Note>
    );
  }
  if (proof.kind === 'key-pair') {
    return (
      <Note tone="calm" title="It signs with a key pair (Ed25519)">
        <p>
          Verify with a library of Standard Webhooks and the public key: few standard libraries know
          Ed25519, so there is no code to paste here.
        </p>
        {proof.publicKey !== undefined && <Code text={proof.publicKey} label="the public key" />}
      </Note>
    );
  }
  const { title, call } = LANGUAGES[language];
  return (
    <>
      <div className="flex">{chooser}</div>
      <section className="flex flex-col gap-2" aria-label={`Code in ${title}`}>
        <Code
          text={snippetOf(language, proof.scheme)}
          label={`the code in ${title}`}
          wrap={false}
          maxHeight="none"
        />
        <h2 className="mt-2 font-semibold">Call it</h2>
        <Code text={call} label="the call" wrap={false} maxHeight="none" />
      </section>
      <RulesOfScheme scheme={proof.scheme} webhookId={webhookId} />
    </>
  );
}
