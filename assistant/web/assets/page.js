// The components of the chat page that run in the browser. They hold no words (the server sends them in the page's
// language) and ask no other host for anything.

import {renderBar} from "/assets/bar.js"
import {renderComposer} from "/assets/composer.js"
import {renderEvidence} from "/assets/evidence.js"
import {renderKnowledge} from "/assets/knowledge.js"
import {Turn} from "/assets/turn.js"
import {renderWelcome} from "/assets/welcome.js"

export default {
  TurnView: {render: ({model, el}) => { new Turn(model, el) }},
  Welcome: {render: renderWelcome},
  TopBar: {render: renderBar},
  EvidenceView: {render: renderEvidence},
  Composer: {render: renderComposer},
  KnowledgeView: {render: renderKnowledge},
}
