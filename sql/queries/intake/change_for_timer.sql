-- $1 repository, $2 number
SELECT repository.host, repository.host_repository_id, repository.full_name, repository.default_branch,
       change.title, change.head_ref, change.base_ref, change.head_sha, change.base_sha, change.draft,
       change.trusted_author, person.host_account_id, person.login, person.display_name, person.is_bot
FROM change JOIN repository ON repository.id = change.repository_id JOIN person ON person.id = change.author_id
WHERE change.repository_id = $1 AND change.number = $2
