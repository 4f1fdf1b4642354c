// All operations of the page, formatted as GraphiQL shows them.

const DAY = 86_400_000;

/** The beginning of a day, some days ago, in UTC. */
export function daysAgo(days) {
  return new Date(Math.floor(Date.now() / DAY) * DAY - days * DAY).toISOString();
}

const SOURCES = `sources {
      vendor
      status
      fetchedAt
      error {
        message
        retryAfterSeconds
      }
    }`;

const TAGS = `tags {
  id
  name
  color {
    hex
  }
}`;

const CALL = `id
type
callerNumber
receiverNumber
startedAt
durationSeconds
${TAGS}`;

const CONTACT = `id
name
email
phone
${TAGS}`;

/** A selection as it stands after so many spaces. */
const indented = (selection, spaces) => selection.replaceAll('\n', `\n${' '.repeat(spaces)}`);

export const vendors = () => ({
  query: `query Vendors {
  vendors {
    vendor
    displayName
    status
    circuit
    coolDownUntil
    tagList {
      count
      fetchedAt
      stale
    }
  }
}`,
});

export const groups = () => ({
  query: `query TagGroups {
  tagGroups {
    totalCount
    nodes {
      id
      slug
      name
      missingFrom
      unknownFor
      drift {
        field
        values
      }
      tags {
        id
        vendor
        name
        description
        color {
          hex
          name
          raw
        }
      }
    }
    ${SOURCES}
  }
}`,
});

export const counts = (ids) => ({
  query: `query UseOfGroups($ids: [ID!]!, $since: DateTime) {
  nodes(ids: $ids) {
    ... on TagGroup {
      id
      callCount(since: $since) {
        count
        exact
      }
      contactCount {
        count
        exact
      }
    }
  }
}`,
  variables: { ids, since: daysAgo(30) },
});

export const group = (slug) => ({
  query: `query UseOfGroup($slug: String!) {
  calls(first: 5, filter: { anyTag: [{ slug: $slug }] }) {
    nodes {
      ${indented(CALL, 6)}
    }
    ${SOURCES}
  }
  contacts(first: 5, filter: { tag: { slug: $slug } }) {
    nodes {
      ${indented(CONTACT, 6)}
    }
    ${SOURCES}
  }
}`,
  variables: { slug },
});

export const byPhone = (phone) => ({
  query: `query Phone($phone: String!, $since: DateTime) {
  contacts(first: 5, filter: { phone: $phone }) {
    nodes {
      ${indented(CONTACT, 6)}
    }
    ${SOURCES}
  }
  calls(first: 50, filter: { phone: $phone, startedAfter: $since }) {
    nodes {
      ${indented(CALL, 6)}
    }
    ${SOURCES}
  }
}`,
  variables: { phone, since: daysAgo(90) },
});

export const byText = (search) => ({
  query: `query Contact($search: String!, $since: DateTime) {
  contacts(first: 5, filter: { search: $search }) {
    nodes {
      ${indented(CONTACT, 6)}
      calls(first: 50, filter: { startedAfter: $since }) {
        nodes {
          ${indented(CALL, 10)}
        }
        sources {
          vendor
          status
        }
      }
    }
    ${SOURCES}
  }
}`,
  variables: { search, since: daysAgo(90) },
});

export const taggedCalls = () => ({
  query: `query TaggedCalls($since: DateTime) {
  calls(first: 1000, filter: { startedAfter: $since }) {
    nodes {
      startedAt
      tags {
        id
      }
    }
    pageInfo {
      hasNextPage
    }
    ${SOURCES}
  }
}`,
  variables: { since: daysAgo(29) },
});

export const tagChanges = `subscription TagChanges {
  tagChanged {
    kind
    vendor
    tag {
      name
    }
    previous {
      name
    }
  }
}`;

export const subjectChanges = `subscription TaggedSubjects {
  subjectTagsChanged {
    subjectId
  }
}`;

const PLANNED = `vendor
      status
      action
      before {
        name
        color {
          hex
        }
      }
      after {
        name
        color {
          hex
        }
      }`;

const MESSAGES = `warnings {
        message
      }
      userErrors {
        message
      }
    }
    userErrors {
      message
    }`;

/** The dry run that would make the tags of a group equal to the first one. */
export const alignGroup = (group) => {
  const fields = group.drift.map(({ field }) => field);
  const [first] = group.tags;
  const input = { slug: group.slug, dryRun: true };
  if (fields.includes('NAME')) {
    input.name = first.name;
  }
  if (fields.includes('COLOR')) {
    input.color = first.color.hex;
  }
  if (fields.includes('DESCRIPTION')) {
    input.description = group.tags.map(({ description }) => description).find(Boolean);
  }
  return {
    query: `# With dryRun: false it is done
mutation AlignGroup($input: UpdateTagGroupInput!) {
  updateTagGroup(input: $input) {
    results {
      ${PLANNED}
      ${MESSAGES}
  }
}`,
    variables: { input },
  };
};

/** The dry run that would create the tag of a group where it is missing. */
export const createMissing = (group, to) => ({
  query: `# With dryRun: false it is done
mutation CreateMissing($input: SyncTagsInput!) {
  syncTags(input: $input) {
    results {
      ${PLANNED}
      slug
      ${MESSAGES}
  }
}`,
  variables: { input: { from: group.tags[0].vendor, to, slugs: [group.slug], dryRun: true } },
});
